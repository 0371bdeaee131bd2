import { NOTE } from "@/canvas/editing.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { copyText } from "@/ui/clipboard.ts";
import { toast } from "@/ui/Toast.tsx";
import type { CanvasAct } from "./CanvasMenu.tsx";
import { readClip } from "./clip.ts";
import type { Acts } from "../useActs.ts";
import type { Selection } from "../useSelection.ts";

/** What the acts of the canvas need. */
export interface ActedOn {
  readonly acts: Acts;
  readonly graph: PlacedGraph;
  readonly selection: Selection;
  readonly mayEdit: boolean;
  readonly onFit: () => void;
  readonly onAdd: (id: string) => void;
  readonly onRename: () => void;
  readonly onOpen: (id: string) => void;
  /** Opens the state's test; null where this reader may not run it. */
  readonly onTest: ((id: string) => void) | null;
  readonly onDisable: () => void;
  readonly onNote: () => void;
}

/** What the canvas's menu offers for what is selected, or for the canvas where nothing is. */
export function canvasActs(canvas: ActedOn): CanvasAct[][] {
  const { acts, selection, mayEdit } = canvas;
  if (!mayEdit) return [];
  if (selection.nodes.length === 0) return groundActs(canvas);
  const copy = () => {
    const text = acts.copyText();
    if (text !== null) void copyText(text);
  };
  const states = selection.nodes.filter((id) => !id.startsWith(NOTE));
  const change: CanvasAct[] =
    states.length === 0
      ? []
      : [
          {
            label: "Cut",
            icon: "scissors",
            keys: "Ctrl X",
            onSelect: () => {
              copy();
              acts.remove();
            },
            leads: true,
          },
          { label: "Copy", icon: "copy", keys: "Ctrl C", onSelect: copy },
          pasting(acts),
          {
            label: "Duplicate",
            icon: "copy-plus",
            keys: "Ctrl D",
            onSelect: () => void acts.duplicate(),
            leads: true,
          },
        ];
  return [
    oneState(canvas, states),
    change,
    looks(canvas, states),
    [{ label: "Delete", icon: "trash-2", keys: "Del", danger: true, onSelect: acts.remove, leads: true }],
  ];
}

function oneState(
  { graph, selection, onAdd, onOpen, onRename, onTest }: ActedOn,
  states: readonly string[],
): CanvasAct[] {
  const [id] = states;
  if (id === undefined || selection.nodes.length !== 1) return [];
  const tested = ["Task", "Choice", "Pass", "Map", "Parallel", "Wait", "Succeed", "Fail"];
  const type = graph.nodes.get(id)?.type ?? "";
  return [
    {
      label: "Open in the inspector",
      icon: "sliders-horizontal",
      keys: "Enter",
      onSelect: () => onOpen(id),
      leads: true,
    },
    { label: "Add a state after it", icon: "plus", keys: "Tab", onSelect: () => onAdd(id), leads: true },
    { label: "Rename", icon: "pencil", keys: "F2", onSelect: onRename, leads: true },
    ...(onTest && tested.includes(type)
      ? [{ label: "Test it", icon: "flask-conical" as const, onSelect: () => onTest(id), leads: true }]
      : []),
  ];
}

function looks({ acts, graph, onDisable }: ActedOn, states: readonly string[]): CanvasAct[] {
  if (states.length === 0) return [];
  const boxes = states.filter((id) => (graph.nodes.get(id)?.inner.length ?? 0) > 0);
  const folded = boxes.length > 0 && boxes.every((id) => graph.folded.has(id));
  const off = states.every((id) => graph.disabled?.[graph.nodes.get(id)?.name ?? ""] !== undefined);
  return [
    { label: off ? "Enable" : "Disable", icon: "power-off", keys: "D", onSelect: onDisable },
    ...(boxes.length
      ? [
          {
            label: folded ? "Open the box" : "Fold the box",
            icon: folded ? ("chevron-down" as const) : ("chevron-up" as const),
            keys: "C",
            onSelect: () => acts.fold(boxes, !folded),
          },
        ]
      : []),
  ];
}

function groundActs({ acts, onFit, onNote }: ActedOn): CanvasAct[][] {
  return [
    [pasting(acts), { label: "Select all", icon: "scan", keys: "Ctrl A", onSelect: acts.selectAll }],
    [
      { label: "Add a note", icon: "sticky-note", keys: "N", onSelect: onNote, leads: true },
      { label: "Tidy up the layout", icon: "list-tree", keys: "L", onSelect: acts.tidyUp },
      { label: "Fit the graph", icon: "scan", keys: "1", onSelect: onFit },
    ],
  ];
}

function pasting(acts: Acts): CanvasAct {
  return {
    label: "Paste",
    icon: "clipboard-paste",
    keys: "Ctrl V",
    leads: true,
    onSelect: () =>
      void readClip().then((text) => {
        if (text === null || acts.paste(text) === null)
          toast({
            title: "Nothing was pasted",
            text: "The clipboard holds no states. Copy some first, or press Ctrl V.",
          });
      }),
  };
}
