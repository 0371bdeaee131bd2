import type { WorkflowSummary } from "@/api/types.ts";
import { Icon } from "@/ui/icons.tsx";
import styles from "./Standing.module.css";

/** Which version is published, and the draft where it differs. */
export function Standing({ workflow }: { workflow: WorkflowSummary }) {
  const { published_version: version, has_unpublished_changes: changed, draft_revision: draft } = workflow;
  return (
    <span className={styles.standing}>
      <span>{version === null ? "Not published" : `Version ${version}`}</span>
      {(changed || version === null) && (
        <span className={styles.draft} title="The draft differs from the published version">
          <Icon name="pencil" size="xs" />
          Draft {draft}
        </span>
      )}
    </span>
  );
}
