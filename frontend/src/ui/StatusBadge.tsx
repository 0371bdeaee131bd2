import { Icon, type IconSize } from "./icons.tsx";
import { statusSigns, type Status } from "./status.ts";
import styles from "./StatusBadge.module.css";

interface StatusProps {
  status: Status;
  /** Follows the word, as in "Retrying 2/5". */
  detail?: string;
  /** Said instead of the status's own word, as in "Waiting for you". */
  word?: string;
  size?: IconSize;
}

/** The badge of 22 px: icon and word on the status's ground. */
export function StatusBadge(props: StatusProps) {
  return (
    <span className={styles.badge} data-status={props.status}>
      <Signs {...props} />
    </span>
  );
}

/** Icon and word without a ground, for tables and cards. */
export function StatusText(props: StatusProps) {
  return (
    <span className={styles.says} data-status={props.status}>
      <Signs {...props} />
    </span>
  );
}

/** The icon alone, named for a screen reader. */
export function StatusIcon({ status, size = "s" }: { status: Status; size?: IconSize }) {
  const { icon, word, turns } = statusSigns[status];
  return (
    <span className={styles.icon} data-status={status} title={word}>
      <Icon name={icon} size={size} label={word} className={turns && "turns"} />
    </span>
  );
}

function Signs({ status, detail, word, size = "s" }: StatusProps) {
  const signs = statusSigns[status];
  return (
    <>
      <Icon name={signs.icon} size={size} className={signs.turns && "turns"} />
      {word ?? signs.word}
      {detail === undefined ? null : ` ${detail}`}
    </>
  );
}
