/** Something that the editor does: how it is called, by which keys, and in which texts it makes sense. */
export interface EditorCommand {
  readonly id: string;
  readonly label: string;
  /** As people read them. */
  readonly keys: string;
  readonly edits?: boolean;
  readonly only?: "yaml";
}

/** Apart from what does it, so that a list of keys does not bring the editor with it. */
export const EDITOR_COMMANDS = [
  { id: "startCompletion", label: "Complete what is typed", keys: "Ctrl Space", edits: true },
  { id: "openSearchPanel", label: "Search", keys: "Ctrl F" },
  { id: "openReplace", label: "Search and replace", keys: "Ctrl H", edits: true },
  { id: "findNext", label: "Find the next", keys: "F3" },
  { id: "selectNextOccurrence", label: "Select the next of the same", keys: "Ctrl D" },
  { id: "gotoLine", label: "Go to a line", keys: "Ctrl Alt G" },
  { id: "nextDiagnostic", label: "Next problem", keys: "F8" },
  { id: "previousDiagnostic", label: "Previous problem", keys: "Shift F8" },
  { id: "foldCode", label: "Fold here", keys: "Ctrl Shift [" },
  { id: "unfoldCode", label: "Unfold here", keys: "Ctrl Shift ]" },
  { id: "foldAll", label: "Fold everything", keys: "Ctrl Alt [" },
  { id: "unfoldAll", label: "Unfold everything", keys: "Ctrl Alt ]" },
  { id: "moveLineUp", label: "Move the line up", keys: "Alt ↑", edits: true },
  { id: "moveLineDown", label: "Move the line down", keys: "Alt ↓", edits: true },
  { id: "copyLineDown", label: "Duplicate the line", keys: "Shift Alt ↓", edits: true },
  { id: "deleteLine", label: "Delete the line", keys: "Ctrl Shift K", edits: true },
  {
    id: "toggleComment",
    label: "Make the line a comment, or none",
    keys: "Ctrl /",
    edits: true,
    only: "yaml",
  },
] as const satisfies readonly EditorCommand[];

export type EditorCommandId = (typeof EDITOR_COMMANDS)[number]["id"];

/** What Code mode does besides. */
export const CODE_KEYS: readonly (readonly [keys: string, act: string])[] = [
  ["F1", "Everything that can be done, to choose from"],
  ["Shift Alt F", "Lay out the text anew"],
  ["Ctrl Shift O", "Go to a state"],
  ["Esc Tab", "Leave the editor by keyboard"],
  ...EDITOR_COMMANDS.map(({ keys, label }) => [keys, label] as const),
];
