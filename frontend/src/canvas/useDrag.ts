import { useKeyPress, type OnNodeDrag, type ReactFlowInstance } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { NOTE, type Acting } from "@/canvas/editing.ts";
import type { CanvasNode } from "@/canvas/nodes.ts";
import { pointOf, type PointingStore } from "@/canvas/pointing.ts";
import { rectOf } from "@/canvas/useViewport.ts";
import type { Point } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { mayEndAt } from "@/graph/pulled.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "@/graph/measures.ts";
import { landingAt, type Landing } from "@/graph/places.ts";

const NOTHING: ReadonlyMap<string, Point> = new Map();
/** How long what was dropped waits at its place for the layout that has it there. */
const PATIENCE = 4000;

interface Drag {
  readonly graph: PlacedGraph;
  readonly offsets: ReadonlyMap<string, Point>;
}

/**
 * Dragging of what is on the canvas: a state onto a transition moves it there, elsewhere it keeps that place.
 * With Alt or B held, what only this state leads to comes along.
 */
export function useDrag(
  graph: PlacedGraph,
  acting: Acting | null,
  flow: ReactFlowInstance<CanvasNode>,
  pointing: PointingStore,
) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const heldB = useKeyPress("b");
  const branch = useRef<ReadonlySet<string> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  /** How far each dragged node has gone, with what is inside it and, of a branch, what comes along. */
  const offsetsOf = useCallback(
    (nodes: readonly CanvasNode[]) => {
      const found = new Map<string, Point>();
      const put = (id: string, by: Point) => {
        found.set(id, by);
        for (const scope of graph.nodes.get(id)?.inner ?? [])
          for (const inner of graph.scopes.get(scope)?.nodes ?? []) put(inner, by);
      };
      for (const node of nodes) {
        const rect = rectOf(graph, node.id);
        if (!rect || found.has(node.id)) continue;
        const by = { x: node.position.x - rect.x, y: node.position.y - rect.y };
        put(node.id, by);
        if (branch.current?.has(node.id)) for (const id of branch.current) put(id, by);
      }
      return found;
    },
    [graph],
  );

  const landingFor = useCallback(
    (event: unknown, node: CanvasNode, offsets: ReadonlyMap<string, Point>): Landing | null => {
      const at = pointOf(event);
      if (!at || node.id.startsWith(NOTE)) return null;
      const from = graph.nodes.get(node.id)?.scope ?? "";
      const carried = { ids: new Set(offsets.keys()), from };
      const point = flow.screenToFlowPosition(at);
      const landing = landingAt(graph, point, carried);
      // Close around its box it is only moved: the box grows a little. Further away it leaves the box.
      if (landing?.place.kind !== "free") return landing;
      const [rect, by] = [rectOf(graph, node.id), offsets.get(node.id)];
      if (!rect || !by || mayEndAt(graph, node.id, point)) return null;
      const middle = { x: rect.x + by.x + CARD_WIDTH / 2, y: rect.y + by.y + CARD_HEIGHT / 2 };
      return { ...landing, place: { ...landing.place, at: middle } };
    },
    [graph, flow],
  );

  const handlers = useMemo(() => {
    const start: OnNodeDrag<CanvasNode> = (event, node, nodes) => {
      clearTimeout(timer.current);
      const whole = nodes.length === 1 && (heldB || (event as unknown as MouseEvent).altKey);
      branch.current = whole && acting ? new Set(acting.branchOf(node.id)) : null;
    };
    /** A landing is for one state, or one branch; several at once are only moved. */
    const landingOf = (event: unknown, node: CanvasNode, nodes: readonly CanvasNode[]) => {
      const offsets = offsetsOf(nodes);
      const landing = nodes.length === 1 ? landingFor(event, node, offsets) : null;
      const reason = landing && acting ? acting.mayMove(node.id, landing, branch.current !== null) : null;
      return { offsets, landing, reason };
    };
    const move: OnNodeDrag<CanvasNode> = (event, node, nodes) => {
      const { offsets, landing, reason } = landingOf(event, node, nodes);
      setDrag({ graph, offsets });
      pointing.setState({ landing: reason === null ? landing : null });
      const leaves =
        landing?.place.kind === "free" ? "It leaves its box. Nothing leads to it here yet." : null;
      setRefusal(reason === "It is here already." ? null : (reason ?? leaves));
    };
    const stop: OnNodeDrag<CanvasNode> = (event, node, nodes) => {
      pointing.setState({ landing: null });
      setRefusal(null);
      const { offsets, landing, reason } = landingOf(event, node, nodes);
      const whole = branch.current;
      branch.current = null;
      if (!acting) {
        setDrag(null);
        return;
      }
      if (landing && reason === null) {
        setDrag(null);
        acting.onMove(node.id, landing, whole !== null);
        return;
      }
      const ids = new Set([...nodes.map((each) => each.id), ...(whole ?? [])]);
      const places: Record<string, Point> = {};
      for (const id of ids) {
        const rect = rectOf(graph, id);
        const by = offsets.get(id);
        if (rect && by && (Math.abs(by.x) >= 3 || Math.abs(by.y) >= 3))
          places[id] = { x: rect.x + by.x, y: rect.y + by.y };
      }
      if (Object.keys(places).length === 0) {
        setDrag(null);
        return;
      }
      // It stays where it was let go until the layout says the same.
      setDrag({ graph, offsets });
      timer.current = setTimeout(() => setDrag(null), PATIENCE);
      acting.onPlace(places, false);
    };
    return { onNodeDragStart: start, onNodeDrag: move, onNodeDragStop: stop };
  }, [acting, graph, heldB, landingFor, offsetsOf, pointing]);

  return { drag: drag?.graph === graph ? drag.offsets : NOTHING, refusal, handlers };
}
