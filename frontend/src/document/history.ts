import type { WorkflowDocument } from "@/document/document.ts";

interface Step {
  readonly document: WorkflowDocument;
  /** What was done to come from this document to the next. */
  readonly label: string;
}

/**
 * All that can be undone and redone.
 *
 * Snapshots, not inverse operations: a document is immutable and shares what did not change, so
 * undoing any edit restores the very same value.
 */
export interface History {
  readonly past: readonly Step[];
  readonly present: WorkflowDocument;
  readonly future: readonly Step[];
  /** Edits with the same mark, one right after the other, are one step: typing in one field. */
  readonly mark: string | null;
}

const MOST_STEPS = 500;
/** Each step keeps its text: of large ones fewer are kept. */
const MOST_CHARACTERS = 100_000_000;
const LEAST_STEPS = 50;

export function startHistory(present: WorkflowDocument): History {
  return { past: [], present, future: [], mark: null };
}

export function commit(
  history: History,
  document: WorkflowDocument,
  label: string,
  mark: string | null = null,
): History {
  if (document === history.present) return history;
  const { text, layout, yaml } = history.present;
  if (document.text === text && document.layout === layout && document.yaml === yaml) return history;
  if (mark !== null && mark === history.mark) return { ...history, present: document, future: [] };
  const steps = Math.max(LEAST_STEPS, Math.min(MOST_STEPS, Math.floor(MOST_CHARACTERS / (text.length + 1))));
  const past = [...history.past, { document: history.present, label }].slice(-steps);
  return { past, present: document, future: [], mark };
}

/** Ends a run of joined edits: the next one is a step of its own. */
export function closeMark(history: History): History {
  return history.mark === null ? history : { ...history, mark: null };
}

export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return history;
  return {
    past: history.past.slice(0, -1),
    present: step.document,
    future: [{ document: history.present, label: step.label }, ...history.future],
    mark: null,
  };
}

export function redo(history: History): History {
  const [step, ...rest] = history.future;
  if (!step) return history;
  return {
    past: [...history.past, { document: history.present, label: step.label }],
    present: step.document,
    future: rest,
    mark: null,
  };
}

export function undoLabel(history: History): string | null {
  return history.past.at(-1)?.label ?? null;
}

export function redoLabel(history: History): string | null {
  return history.future[0]?.label ?? null;
}
