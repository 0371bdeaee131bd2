import { CODE_KEYS } from "@/code/keys.ts";

export interface Shortcut {
  readonly keys: string;
  readonly act: string;
}

export interface ShortcutGroup {
  readonly title: string;
  readonly all: readonly Shortcut[];
}

const group = (title: string, ...all: (readonly [keys: string, act: string])[]): ShortcutGroup => ({
  title,
  all: all.map(([keys, act]) => ({ keys, act })),
});

/** All keys of the studio, by what one is about to do. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  group(
    "Drawing",
    ["Tab", "Add after the state in focus"],
    ["Double-click", "Add where you point"],
    ["/", "Find a state to add"],
    ["Ctrl Z", "Undo"],
    ["Ctrl Shift Z", "Redo"],
    ["F2", "Rename"],
    ["Ctrl C, X, V", "Copy, cut, paste states as JSON"],
    ["Ctrl Shift V", "Paste with the links it had"],
    ["Ctrl D", "Duplicate"],
    ["Del", "Delete what is selected"],
    ["D", "Disable or enable"],
    ["X", "Extract the selection to a workflow"],
    ["Shift X", "Bring the states of the workflow that a Task starts here"],
    ["N", "Add a note; Enter writes in it"],
    ["Ctrl S", "Save the draft now"],
  ),
  group(
    "Arranging",
    ["Alt drag, B drag", "Take along what only this state leads to"],
    ["Alt ← ↑ → ↓", "Move what is selected"],
    ["Shift Alt ← ↑ → ↓", "Align what is selected; size a note"],
    ["Shift Alt H, V", "Same distances across, down"],
    ["L", "Tidy up the layout"],
    ["R", "Let the graph run right or down"],
    ["C", "Fold or open boxes"],
  ),
  group(
    "Selecting",
    ["← ↑ → ↓", "Walk along the transitions"],
    ["Shift ← ↑ → ↓", "Select more on the way"],
    ["E", "Go to the transitions of a state, one by one"],
    ["Ctrl Space", "Select or leave out the state in focus"],
    ["Shift drag", "Select by a frame"],
    ["Ctrl A", "Select all"],
    ["Enter", "Open the state in the inspector"],
    ["Esc", "Back from the inspector to the canvas"],
    ["Ctrl F", "Find in the graph"],
    ["Ctrl K", "Go to anything"],
  ),
  group(
    "View",
    ["F6, Shift F6", "Go from palette to canvas to inspector, and back"],
    ["+, −", "Zoom in, out"],
    ["0", "Zoom to 100 %"],
    ["1, Alt C", "Fit the graph"],
    ["Space drag", "Move the view"],
    ["M", "Show or hide the minimap"],
    ["F", "Graph alone"],
    ["?", "This list"],
  ),
  group(
    "Running",
    ["T", "Run to the selected state"],
    ["Shift T", "Run from it, with the last run’s data"],
    ["P", "Pin what the selection made in the last run, or unpin"],
    ["Ctrl Enter", "Start, in the dialog that asks for the input"],
  ),
  group("Code", ...CODE_KEYS),
];

/** The groups with the keys and acts that have every word. */
export function findShortcuts(words: string): readonly ShortcutGroup[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return SHORTCUTS.map(({ title, all }) => ({
    title,
    all: all.filter(({ keys, act }) => {
      const text = `${title} ${keys} ${act}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    }),
  })).filter(({ all }) => all.length > 0);
}
