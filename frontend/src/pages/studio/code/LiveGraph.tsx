import type { RefObject } from "react";

import type { Catalog } from "@/api/types.ts";
import { Canvas, type CanvasHandle } from "@/canvas/Canvas.tsx";
import type { PlacedGraph } from "@/graph/layout.ts";
import { AddingMenu } from "../design/AddingMenu.tsx";
import type { LocatedProblem } from "../problems/problems.ts";
import type { Acts } from "../useActs.ts";
import { useAdding } from "../design/useAdding.ts";
import { useEditing } from "../design/useEditing.ts";
import type { Selection } from "../useSelection.ts";
import { useShortcuts } from "../keys/useShortcuts.ts";

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

/** The graph beside the text: what is done to it is written into the text. */
export function LiveGraph(props: LiveGraphProps) {
  const { canvas, graph, acts, selection, problems, paused } = props;
  const mayEdit = props.mayEdit && !paused;
  const adding = useAdding(canvas, acts, graph, selection);
  const editing = useEditing({ acts, selection, problems, adding, dragged: null, mayEdit });
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
      <AddingMenu adding={adding} acts={acts} catalog={props.catalog} />
    </>
  );
}
