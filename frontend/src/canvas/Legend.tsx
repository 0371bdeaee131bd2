import { Icon } from "@/ui/icons.tsx";
import { statuses, statusSigns, type Status } from "@/ui/status.ts";
import styles from "./Legend.module.css";

/** The 13 statuses with their colour, icon and word, and how many states have each. */
export function Legend({ counts }: { counts: Partial<Record<Status, number>> }) {
  return (
    <ul className={styles.legend} aria-label="Legend: what the colours mean">
      {statuses.map((status) => (
        <li key={status} data-status={status}>
          <span className={styles.chip} data-status={status}>
            <Icon name={statusSigns[status].icon} size="xs" />
          </span>
          {statusSigns[status].word}
          {counts[status] ? <b className="num">{counts[status]}</b> : null}
        </li>
      ))}
    </ul>
  );
}
