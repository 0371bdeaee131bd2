import { useState } from "react";

import { useSession } from "@/api/session.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { ago, useNow } from "@/ui/time.ts";
import type { Draft } from "../saving/useDraft.ts";
import type { Publishing } from "./usePublishing.ts";

interface PublishDialogProps {
  draft: Draft;
  publishing: Publishing;
}

/** Publishes with words on what changed, and says whose draft it is. */
export function PublishDialog({ draft, publishing }: PublishDialogProps) {
  const { workflow } = draft;
  const [note, setNote] = useState("");
  const me = useSession().data?.user.username;
  const now = useNow(60_000);
  const next = (workflow.published_version ?? 0) + 1;
  const { draft_saved_by: by, draft_saved_by_name: name } = workflow;
  const others =
    by && by !== me ? ` The draft was saved last by ${name}, ${ago(workflow.draft_saved_at, now)}.` : "";
  return (
    <Dialog
      open
      onClose={publishing.stopAsking}
      title={`Publish version ${next}`}
      text={`Starts run it from then on; what runs already keeps its own.${others}`}
      onSubmit={() => {
        publishing.stopAsking();
        void publishing.publish(note.trim());
      }}
      actions={
        <>
          <Button onClick={publishing.stopAsking}>Cancel</Button>
          <Button kind="primary" type="submit">
            Publish version {next}
          </Button>
        </>
      }
    >
      <Field label="Note" optional hint="What changed, for those who look for it later.">
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={256}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
