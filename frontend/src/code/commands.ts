import { startCompletion } from "@codemirror/autocomplete";
import { copyLineDown, deleteLine, moveLineDown, moveLineUp, toggleComment } from "@codemirror/commands";
import { foldAll, foldCode, unfoldAll, unfoldCode } from "@codemirror/language";
import { nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { findNext, gotoLine, openSearchPanel, selectNextOccurrence } from "@codemirror/search";
import type { EditorView } from "@codemirror/view";

import type { EditorCommandId } from "@/code/keys.ts";

/** Opens search with the field for what is put instead. */
export function openReplace(view: EditorView): boolean {
  openSearchPanel(view);
  view.dom.querySelector<HTMLInputElement>(".cm-search [name=replace]")?.select();
  return true;
}

/** What does each command. */
export const RUNS: Record<EditorCommandId, (view: EditorView) => unknown> = {
  startCompletion,
  openSearchPanel,
  openReplace,
  findNext,
  selectNextOccurrence,
  gotoLine,
  nextDiagnostic,
  previousDiagnostic,
  foldCode,
  unfoldCode,
  foldAll,
  unfoldAll,
  moveLineUp,
  moveLineDown,
  copyLineDown,
  deleteLine,
  toggleComment,
};
