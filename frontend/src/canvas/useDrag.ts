import type { OnNodeDrag, ReactFlowInstance } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";

import type { Editing } from "@/canvas/editing.ts";
import type { CanvasEdge, CanvasNode } from "@/canvas/nodes.ts";
import type { Point } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { landingAt, type Landing } from "@/graph/places.ts";

const NOTHING: ReadonlyMap<string, Point> = new Map();
const GRID = 10;

/** Dragging of nodes that are on the canvas: onto an edge moves the state there, elsewhere it keeps that place. */
export function useDrag(
  graph: PlacedGraph,
  editing: Editing | null,
  flow: ReactFlowInstance<CanvasNode, CanvasEdge>,
) {
  const [drag, setDrag] = useState(NOTHING);
  const [dragLanding, setLanding] = useState<Landing | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  /** How far each dragged node, and what is inside it, has gone. */
  const offsets = useCallback(
    (nodes: readonly CanvasNode[]) => {
      const found = new Map<string, Point>();
      const put = (id: string, by: Point) => {
        found.set(id, by);
        for (const scope of graph.nodes.get(id)?.inner ?? [])
          for (const inner of graph.scopes.get(scope)?.nodes ?? []) put(inner, by);
      };
      for (const node of nodes) {
        const rect = graph.rects.get(node.id);
        if (rect && !found.has(node.id))
          put(node.id, { x: node.position.x - rect.x, y: node.position.y - rect.y });
      }
      return found;
    },
    [graph],
  );

  const landingFor = useCallback(
    (event: unknown, node: CanvasNode, nodes: readonly CanvasNode[]): Landing | null => {
      if (nodes.length !== 1) return null;
      const at = pointer(event);
      const landing = at && landingAt(graph, flow.screenToFlowPosition(at), node.id);
      if (!landing || landing.place.kind === "free") return null;
      return landing;
    },
    [graph, flow],
  );

  const handlers = useMemo(() => {
    const move: OnNodeDrag<CanvasNode> = (event, node, nodes) => {
      setDrag(offsets(nodes));
      const landing = landingFor(event, node, nodes);
      const reason = landing && editing ? editing.mayMove(node.id, landing) : null;
      setLanding(landing && reason === null ? landing : null);
      setRefusal(reason === "It is here already." ? null : reason);
    };
    const stop: OnNodeDrag<CanvasNode> = (event, node, nodes) => {
      setDrag(NOTHING);
      setLanding(null);
      setRefusal(null);
      if (!editing) return;
      const landing = landingFor(event, node, nodes);
      if (landing && editing.mayMove(node.id, landing) === null) {
        editing.onMove(node.id, landing);
        return;
      }
      const places: Record<string, Point> = {};
      for (const each of nodes) {
        const rect = graph.rects.get(each.id);
        const lane = graph.lanes.get(each.data.node.scope);
        if (!rect || (Math.abs(each.position.x - rect.x) < 3 && Math.abs(each.position.y - rect.y) < 3))
          continue;
        // Places are kept from the corner of the scope, so that a box can move with what is in it.
        places[each.id] = {
          x: Math.round((each.position.x - (lane?.x ?? 0)) / GRID) * GRID,
          y: Math.round((each.position.y - (lane?.y ?? 0)) / GRID) * GRID,
        };
      }
      if (Object.keys(places).length > 0) editing.onPlace(places);
    };
    return { onNodeDrag: move, onNodeDragStop: stop };
  }, [editing, graph, landingFor, offsets]);

  return { drag, dragLanding, refusal, handlers };
}

function pointer(event: unknown): Point | null {
  const found = event as Partial<{
    clientX: number;
    clientY: number;
    touches: { clientX: number; clientY: number }[];
    changedTouches: { clientX: number; clientY: number }[];
  }>;
  if (typeof found.clientX === "number" && typeof found.clientY === "number")
    return { x: found.clientX, y: found.clientY };
  const touch = found.touches?.[0] ?? found.changedTouches?.[0];
  return touch ? { x: touch.clientX, y: touch.clientY } : null;
}
