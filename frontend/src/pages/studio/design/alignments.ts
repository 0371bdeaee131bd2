import type { Alignment } from "@/graph/align.ts";

interface OfferedAlignment {
  readonly how: Alignment;
  /** In a menu that says what it is for. */
  readonly label: string;
  /** Among all that can be done. */
  readonly command: string;
  /** The key, as it is written for people and as it is pressed. */
  readonly keys?: string;
  readonly shortcut?: string;
}

/** The ways to put states in line, wherever they are offered. */
export const ALIGNMENTS: readonly OfferedAlignment[] = [
  { how: "left", ...called("Align left"), ...key("←", "ArrowLeft") },
  { how: "centre", ...called("Align centres") },
  { how: "right", ...called("Align right"), ...key("→", "ArrowRight") },
  { how: "top", ...called("Align tops"), ...key("↑", "ArrowUp") },
  { how: "middle", ...called("Align middles") },
  { how: "bottom", ...called("Align bottoms"), ...key("↓", "ArrowDown") },
  {
    how: "across",
    label: "Same distances across",
    command: "Align: same distances across",
    ...key("H", "h"),
  },
  { how: "down", label: "Same distances down", command: "Align: same distances down", ...key("V", "v") },
];

function called(label: string) {
  return { label, command: label };
}

function key(shown: string, pressed: string) {
  return { keys: `Shift Alt ${shown}`, shortcut: `Shift+Alt+${pressed}` };
}
