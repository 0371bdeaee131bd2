import { useMemo, useState, type RefObject } from "react";

import type { Catalog } from "@/api/types.ts";
import { Canvas, type CanvasHandle } from "@/canvas/Canvas.tsx";
import type { Editing } from "@/canvas/editing.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import type { Landing } from "@/graph/places.ts";
import { AppendMenu } from "@/palette/AppendMenu.tsx";
import { worstByNode, type LocatedProblem } from "./problems.ts";
import type { Acts } from "./useActs.ts";
import type { Selection } from "./useSelection.ts";
import { useShortcuts } from "./useShortcuts.ts";

interface LiveGraphProps {
  canvas: RefObject<CanvasHandle | null>;
  graph: PlacedGraph;
  acts: Acts;
  selection: Selection;
  catalog: Catalog | undefined;
  problems: readonly LocatedProblem[];
  /** The text cannot be read: the graph stands for what it meant before, and nothing can be done to it. */
  paused: boolean;
  mayEdit: boolean;
  said: string | null;
  onSelect: (ids: readonly string[]) => void;
  onOpen: (id: string) => void;
  onUndo: () => void;
  onRedo: () => void;
  onShortcuts: () => void;
}

interface Adding {
  landing: Landing;
  at: { x: number; y: number };
}

/** The graph beside the text: what is done to it is written into the text. */
export function LiveGraph(props: LiveGraphProps) {
  const { canvas, graph, acts, selection, problems, paused } = props;
  const mayEdit = props.mayEdit && !paused;
  const [adding, setAdding] = useState<Adding | null>(null);
  const editing = useMemo<Editing | null>(
    () =>
      mayEdit
        ? {
            onAdd: (landing, at) => setAdding({ landing, at }),
            mayConnect: acts.mayConnect,
            onConnect: acts.connect,
            onPlace: acts.placeByHand,
            onMove: acts.move,
            mayMove: acts.mayMove,
            branchOf: acts.branchOf,
            onFold: (id, folded) => acts.fold([id], folded),
            onChangeNote: acts.changeNote,
            onAddBranch: acts.addBranch,
            onSelectEdge: selection.selectEdge,
            selectedEdge: selection.edge,
            landing: null,
            problems: worstByNode(problems),
          }
        : null,
    [acts, selection, problems, mayEdit],
  );
  const history = { "Mod+z": props.onUndo, "Mod+Shift+z": props.onRedo, "Mod+y": props.onRedo };
  const looking = {
    "1": () => canvas.current?.fit(),
    "0": () => canvas.current?.zoomTo(100),
    "+": () => canvas.current?.zoomIn(),
    "-": () => canvas.current?.zoomOut(),
  };
  const changing = { Delete: acts.remove, Backspace: acts.remove, "Mod+d": acts.duplicate };
  useShortcuts({
    anywhere: { ...(mayEdit ? history : {}), "?": props.onShortcuts },
    onCanvas: mayEdit ? { ...looking, ...changing } : looking,
  });
  return (
    <>
      <Canvas
        ref={canvas}
        graph={graph}
        label="Graph of the definition"
        selected={selection.nodes}
        onSelect={props.onSelect}
        editing={editing}
        dimmed={paused}
        said={props.said}
        onFold={(id, folded) => acts.fold([id], folded)}
        onOpen={props.onOpen}
      />
      {adding && (
        <AppendMenu
          catalog={props.catalog}
          at={adding.at}
          refuse={(item) => acts.mayAdd(item, adding.landing.place)}
          onChoose={(item) => {
            setAdding(null);
            acts.add(item, adding.landing);
          }}
          onClose={() => setAdding(null)}
        />
      )}
    </>
  );
}
