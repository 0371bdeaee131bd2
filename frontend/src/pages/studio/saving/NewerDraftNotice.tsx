import type { DraftHead } from "@/api/drafts.ts";
import { useSession } from "@/api/session.ts";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/icons.tsx";
import { ago, useNow } from "@/ui/time.ts";
import { whose } from "./whose.ts";
import styles from "./NewerDraftNotice.module.css";

interface NewerDraftNoticeProps {
  head: DraftHead;
  /** Whether there is work of one's own that the server does not have. */
  unsaved: boolean;
  /** At the foot of what is shown, and not over its head. */
  low: boolean;
  onDecide: () => void;
  onCompare: () => void;
  onTakeOver: () => void;
}

/** Somebody saved the draft that is open here: said over the canvas, which stays where it is. */
export function NewerDraftNotice({ head, unsaved, low, ...acts }: NewerDraftNoticeProps) {
  const me = useSession().data?.user.username;
  const now = useNow(10_000);
  return (
    <div className={styles.notice} role="status" data-low={low || undefined} data-testid="newer-draft">
      <Icon name="users" size="s" />
      <span>
        {whose(head, me)} saved a newer draft {ago(head.draft_saved_at, now)}, revision {head.draft_revision}.
        {unsaved && " Your changes are not saved yet."}
      </span>
      <Button kind="quiet" small icon="git-compare-arrows" onClick={acts.onCompare}>
        Compare
      </Button>
      {unsaved ? (
        <Button small onClick={acts.onDecide}>
          Decide whose stays
        </Button>
      ) : (
        <Button small onClick={acts.onTakeOver}>
          Take it over
        </Button>
      )}
    </div>
  );
}
