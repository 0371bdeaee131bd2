import { useSession } from "@/api/session.ts";
import { Icon } from "@/ui/icons.tsx";
import { ago, useNow } from "@/ui/time.ts";
import type { Draft } from "./useDraft.ts";
import styles from "../Studio.module.css";

/** Whether the draft is saved, when, and as which revision. */
export function SavedStatus({ draft }: { draft: Draft }) {
  const now = useNow(10_000);
  const me = useSession().data?.user.username;
  const { draft_saved_by: by, draft_saved_by_name: name } = draft.workflow;
  // Whoever opens somebody else's draft reads whose it is.
  const other = by && by !== me ? ` by ${name}` : "";
  const words = {
    saved: `Draft saved ${ago(draft.workflow.draft_saved_at, now)}${other}, revision ${draft.revision}`,
    unsaved: draft.autosave ? "Not saved yet" : "Not saved: Ctrl S saves",
    saving: "Saving the draft",
    failed: "Not saved, trying again",
    unread: "Kept in this browser until the YAML can be read",
    conflict: "Not saved: there is a newer draft",
  }[draft.state];
  return (
    <span
      className={styles.saved}
      data-state={draft.state}
      data-testid="saved-status"
      role="status"
      title={draft.state === "saved" && by === me && name ? `Saved by ${name}` : words}
    >
      <Icon
        name={
          draft.state === "saved"
            ? "check"
            : draft.state === "failed" || draft.state === "conflict"
              ? "circle-alert"
              : "circle-dashed"
        }
        size="xs"
      />
      <span className="clip num">{words}</span>
    </span>
  );
}
