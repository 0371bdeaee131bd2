import { useMemo, useState } from "react";
import { useNavigate } from "react-router";

import { useSavedDraft, type DraftHead } from "@/api/drafts.ts";
import { asProblem } from "@/api/problem.ts";
import { useSession } from "@/api/session.ts";
import { useCreateWorkflow } from "@/api/workflows.ts";
import { openDocument, readLayout } from "@/document/document.ts";
import { createUnderFreeName } from "@/pages/workflows/createUnderFreeName.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ago, useNow } from "@/ui/time.ts";
import { toast } from "@/ui/Toast.tsx";
import type { Draft } from "./useDraft.ts";
import type { Editor } from "../useEditor.ts";
import { differenceOf, inWords } from "../versions/difference.ts";
import { TextDifference } from "../versions/TextDifference.tsx";
import { whose } from "./whose.ts";
import styles from "./ConflictDialog.module.css";

interface ConflictDialogProps {
  head: DraftHead;
  draft: Draft;
  editor: Editor;
  onClose: () => void;
  /** Shows both drafts as graphs. */
  onGraphs: () => void;
}

const MOST_NAMED = 8;

/** Somebody saved a newer draft: take it over, save over it, or keep one's own as a copy. Each way can be undone. */
export function ConflictDialog({ head, draft, editor, onClose, onGraphs }: ConflictDialogProps) {
  const { workflow } = draft;
  const { document } = editor;
  const me = useSession().data?.user.username;
  const now = useNow(10_000);
  const [busy, setBusy] = useState<"over" | "copy" | null>(null);
  const [error, setError] = useState<string | null>(null);
  const create = useCreateWorkflow();
  const navigate = useNavigate();
  const saved = useSavedDraft(workflow.id, head.draft_revision);
  const theirs = useMemo(
    () => saved.data && openDocument(saved.data.definition, readLayout(saved.data.layout)),
    [saved.data],
  );
  const difference = useMemo(
    () =>
      theirs && theirs.problem === null && document.problem === null
        ? differenceOf(theirs.definition, document.definition)
        : null,
    [theirs, document],
  );
  const who = whose(head, me);
  const label = head.draft_saved_by === me ? "The other window’s" : `${who}’s`;

  const take = () => {
    if (!saved.data || !theirs) return;
    editor.edit(`take over revision ${saved.data.draft_revision}`, () => theirs);
    draft.takeOver(saved.data, theirs);
  };
  const over = async () => {
    if (!saved.data || !theirs) return;
    setBusy("over");
    // Theirs becomes the step before, so that Undo brings it back.
    editor.edit(`take over revision ${saved.data.draft_revision}`, () => theirs);
    editor.edit(`save over revision ${saved.data.draft_revision}`, () => document);
    await draft.saveOver(saved.data.draft_revision);
    setBusy(null);
  };
  const copy = async () => {
    setBusy("copy");
    try {
      const { name, description, type } = workflow;
      const { text: definition, layout } = document;
      const own = { name: `${name.slice(0, 72)}-mine`, description, type, definition, layout };
      const made = await createUnderFreeName(own, create.mutateAsync);
      take();
      toast({
        title: `Your draft is ${made.name} now`,
        text: `Here is the draft of ${workflow.name} as it was saved.`,
        act: { label: "Open your copy", onSelect: () => void navigate(`/workflows/${made.id}`) },
      });
    } catch (problem) {
      setError(asProblem(problem).sentence);
    }
    setBusy(null);
  };
  const ready = theirs !== undefined;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Whose draft is to stay?"
      text={`${who} saved revision ${head.draft_revision}, ${ago(head.draft_saved_at, now)}. Your changes are kept in this window and not saved yet.`}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            Decide later
          </Button>
          <span className="grow" />
          <Button
            kind="danger"
            disabled={!ready}
            busy={busy === "over" && "Saving"}
            onClick={() => void over()}
          >
            Save mine over it
          </Button>
          <Button disabled={!ready} onClick={take}>
            Take theirs over
          </Button>
          <Button
            kind="primary"
            disabled={!ready}
            busy={busy === "copy" && "Copying"}
            onClick={() => void copy()}
          >
            Keep mine as a copy
          </Button>
        </>
      }
    >
      <div className={styles.summary}>
        <p>
          {difference ? (
            <>
              In yours, against theirs: {inWords(difference)}
              {difference.states.length > 0 && (
                <span className="second"> ({named(difference.states.map(({ name }) => name))})</span>
              )}
              .
            </>
          ) : ready ? (
            "One of the two cannot be read as a definition; the texts are compared."
          ) : saved.error ? (
            asProblem(saved.error).sentence
          ) : (
            "Reading the newer draft"
          )}
        </p>
        <Button
          kind="quiet"
          small
          icon="git-compare-arrows"
          disabled={difference === null}
          onClick={onGraphs}
        >
          Compare as graphs
        </Button>
      </div>
      <div className={styles.compare}>
        {theirs && (
          <>
            <p className={styles.sides} aria-hidden="true">
              <span>{label}</span>
              <span>Yours</span>
            </p>
            <div className={styles.text}>
              <TextDifference before={theirs.text} after={document.text} labels={[label, "Yours"]} />
            </div>
          </>
        )}
      </div>
      <p className="small muted">Undo brings back whatever is replaced here.</p>
      <p role="alert" className={styles.bad}>
        {error}
      </p>
    </Dialog>
  );
}

function named(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return [...names.slice(0, MOST_NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
