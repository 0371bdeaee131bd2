import { useOfferCommands, type Command } from "@/ui/commands.ts";
import { ALIGNMENTS } from "./alignments.ts";
import type { Acts } from "../useActs.ts";
import type { Selection } from "../useSelection.ts";

interface CanvasCommands {
  acts: Acts;
  selection: Selection;
  direction: "down" | "right";
  minimap: boolean;
  alone: boolean;
  mayEdit: boolean;
  onDisable: () => void;
  onNote: () => void;
  onFind: () => void;
  onFit: () => void;
  onMinimap: () => void;
  onAlone: () => void;
  onShortcuts: () => void;
}

/** Under "Go to anything" all that the toolbar and the keys of the canvas do. */
export function useCanvasCommands(given: CanvasCommands): void {
  const { acts, selection } = given;
  const count = selection.nodes.length;
  const what = count === 1 ? "the selected state" : `the ${count} that are selected`;
  const edits: Command[] = [
    { label: "Tidy up the layout", icon: "list-tree", keys: "L", onSelect: acts.tidyUp },
    { label: "Add a note", icon: "sticky-note", keys: "N", onSelect: given.onNote },
    {
      label: given.direction === "down" ? "Let the graph run to the right" : "Let the graph run down",
      icon: given.direction === "down" ? "arrow-right" : "arrow-down",
      keys: "R",
      onSelect: acts.turn,
    },
    { label: "Select all states and notes", icon: "scan", keys: "Ctrl A", onSelect: acts.selectAll },
  ];
  const onHeld: Command[] = [
    { label: `Duplicate ${what}`, icon: "copy", keys: "Ctrl D", onSelect: acts.duplicate },
    { label: `Disable or enable ${what}`, icon: "power-off", keys: "D", onSelect: given.onDisable },
    { label: `Fold or open ${what}`, icon: "layers", keys: "C", onSelect: acts.toggleFold },
    { label: `Delete ${what}`, icon: "trash-2", keys: "Del", onSelect: acts.remove },
  ];
  const inLine: Command[] = ALIGNMENTS.map(({ how, command, keys }) => ({
    label: command,
    icon: "layout-grid",
    keys,
    onSelect: () => acts.align(how),
  }));
  const view: Command[] = [
    { label: "Fit the graph", icon: "scan", keys: "1", onSelect: given.onFit },
    { label: "Find in the graph", icon: "search", keys: "Ctrl F", onSelect: given.onFind },
    {
      label: given.minimap ? "Hide the minimap" : "Show the minimap",
      icon: "map",
      keys: "M",
      onSelect: given.onMinimap,
    },
    {
      label: given.alone ? "Show the panels" : "Graph alone",
      icon: given.alone ? "minimize-2" : "maximize-2",
      keys: "F",
      onSelect: given.onAlone,
    },
    { label: "Keyboard shortcuts", icon: "keyboard", keys: "?", onSelect: given.onShortcuts },
  ];
  useOfferCommands([
    ...(given.mayEdit ? [...(count > 0 ? onHeld : []), ...(count > 1 ? inLine : []), ...edits] : []),
    ...view,
  ]);
}
