import { useCallback, useMemo, useRef, useState } from "react";

import type { WorkflowDocument } from "@/document/document.ts";
import * as history from "@/document/history.ts";
import { historyOf, keepHistory } from "./whereOneWas.ts";

export interface Editor {
  readonly document: WorkflowDocument;
  readonly undoLabel: string | null;
  /** What was done, undone or redone last, in words. */
  readonly said: string | null;
  readonly redoLabel: string | null;
  /** Makes one step that can be undone; steps with one mark, one after the other, are joined. */
  readonly edit: (
    label: string,
    change: (document: WorkflowDocument) => WorkflowDocument,
    mark?: string,
  ) => void;
  readonly undo: () => void;
  /** What takes the step that was made last back: it says false, and does nothing, once another came after it. */
  readonly undoOfLast: () => () => boolean;
  readonly redo: () => void;
  readonly closeMark: () => void;
  /** The document as it is now, also within a callback that was made earlier. */
  readonly current: () => WorkflowDocument;
}

/** A document with its history. Every change of the studio goes through `edit`. */
export function useEditor(workflow: string, open: () => WorkflowDocument): Editor {
  const [state, setState] = useState(() => historyOf(workflow, open()));
  const [said, setSaid] = useState<string | null>(null);
  const latest = useRef(state);
  const set = useCallback(
    (next: history.History, words: string | null = null) => {
      if (next !== latest.current && words !== null) setSaid(words);
      latest.current = next;
      keepHistory(workflow, next);
      setState(next);
    },
    [workflow],
  );
  const acts = useMemo(
    () => ({
      edit: (label: string, change: (document: WorkflowDocument) => WorkflowDocument, mark?: string) =>
        set(
          history.commit(latest.current, change(latest.current.present), label, mark ?? null),
          `Done: ${label}`,
        ),
      undo: () =>
        set(history.undo(latest.current), `Undone: ${history.undoLabel(latest.current) ?? "nothing"}`),
      undoOfLast: () => {
        const step = latest.current.past.at(-1);
        return () => {
          const isLast = step !== undefined && latest.current.past.at(-1) === step;
          if (isLast) set(history.undo(latest.current), `Undone: ${step.label}`);
          return isLast;
        };
      },
      redo: () =>
        set(history.redo(latest.current), `Done again: ${history.redoLabel(latest.current) ?? "nothing"}`),
      closeMark: () => set(history.closeMark(latest.current)),
      current: () => latest.current.present,
    }),
    [set],
  );
  return useMemo(
    () => ({
      ...acts,
      document: state.present,
      said,
      undoLabel: history.undoLabel(state),
      redoLabel: history.redoLabel(state),
    }),
    [acts, state, said],
  );
}
