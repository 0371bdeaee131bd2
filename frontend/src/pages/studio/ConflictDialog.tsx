import { useState } from "react";

import { asProblem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { call } from "@/api/http.ts";
import { useCreateWorkflow } from "@/api/workflows.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ago, useNow } from "@/ui/time.ts";
import { changedLines } from "./changedLines.ts";
import type { Conflict } from "./useDraft.ts";
import styles from "./ConflictDialog.module.css";

interface ConflictDialogProps {
  workflow: Workflow;
  conflict: Conflict;
  document: WorkflowDocument;
  onTakeOver: () => Promise<boolean>;
  /** Leaves one's own work and opens the newer draft. */
  onReload: () => void;
}

/** Somebody saved a newer draft: compare, save over it, or keep one's own as a copy. Nothing is lost either way. */
export function ConflictDialog({ workflow, conflict, document, onTakeOver, onReload }: ConflictDialogProps) {
  const [theirs, setTheirs] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState<"compare" | "take" | null>(null);
  const create = useCreateWorkflow();
  const now = useNow(10_000);
  const compare = async () => {
    setBusy("compare");
    try {
      setTheirs((await call<Workflow>("GET", `/api/workflows/${workflow.id}/`)).definition);
    } catch (problem) {
      setError(asProblem(problem).sentence);
    }
    setBusy(null);
  };
  const keepCopy = () =>
    create.mutate(
      {
        name: `${workflow.name} copy ${conflict.revision}`,
        description: workflow.description,
        type: workflow.type,
        definition: document.text,
        layout: document.layout,
      },
      { onSuccess: onReload, onError: (problem) => setError(asProblem(problem).sentence) },
    );
  const when = conflict.savedAt === null ? "" : ` ${ago(conflict.savedAt, now)}`;
  const lines = theirs === null ? null : changedLines(theirs, document.text);
  return (
    <Dialog
      open
      wide
      onClose={() => undefined}
      title="Whose draft is to stay?"
      text={`${conflict.savedBy} saved revision ${conflict.revision}${when}. Your changes are kept in this window and not yet saved.`}
      actions={
        <>
          {theirs === null && (
            <Button onClick={() => void compare()} busy={busy === "compare" && "Comparing"}>
              Compare
            </Button>
          )}
          <Button
            kind="danger"
            busy={busy === "take" && "Saving"}
            onClick={() => {
              setBusy("take");
              void onTakeOver().then(() => setBusy(null));
            }}
          >
            Save mine over it
          </Button>
          <Button kind="primary" busy={create.isPending && "Copying"} onClick={keepCopy}>
            Keep mine as a copy
          </Button>
        </>
      }
    >
      {lines && (
        <div className={styles.compare}>
          {(["theirs", "mine"] as const).map((side) => (
            <section
              key={side}
              aria-label={side === "theirs" ? `Draft of ${conflict.savedBy}` : "Your draft"}
            >
              <h3>{side === "theirs" ? conflict.savedBy : "Yours"}</h3>
              <pre>
                {lines[side].map((line, index) => (
                  <span key={index} data-changed={line.changed || undefined}>
                    {line.text || " "}
                  </span>
                ))}
              </pre>
            </section>
          ))}
        </div>
      )}
      <p role="alert" className={styles.bad}>
        {error}
      </p>
    </Dialog>
  );
}
