import type { Problem } from "@/api/problem.ts";
import { Icon } from "@/ui/icons.tsx";
import styles from "./NewerDraftNotice.module.css";

/** Why the draft is not saved, whole: the page bar has room for the fact alone. */
export function NotSavedNotice({ problem }: { problem: Problem | null }) {
  return (
    <div className={styles.notice} role="alert" data-testid="not-saved">
      <Icon name="circle-alert" size="s" className={styles.failed} />
      <span>
        Not saved. {problem?.sentence} What you draw is kept in this browser and saved as soon as it can be.
      </span>
    </div>
  );
}
