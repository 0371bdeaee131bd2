import {
  useStoreApi,
  type Connection,
  type OnConnectEnd,
  type OnConnectStart,
  type ReactFlowInstance,
} from "@xyflow/react";
import { createContext, useEffect, useMemo, useRef } from "react";

import type { Acting } from "@/canvas/editing.ts";
import type { CanvasNode } from "@/canvas/nodes.ts";
import { pointOf, type PointingStore } from "@/canvas/pointing.ts";
import { useTellPorts } from "@/canvas/useTellPorts.ts";
import type { Point } from "@/document/document.ts";
import { LEAVES_BRANCH } from "@/document/rules.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { groundOf, landingOfPulled, mayEndAt } from "@/graph/pulled.ts";

/** So near to where it began, on the screen, a transition that is let go is not meant. */
const REGRET = 16;

/** Why a transition out of a state may not end at another, or at a point where none is; null where it may. */
export type RefusePull = (from: string, how: How, to: string | null, at: Point) => string | null;
type How = "next" | "catch";

export const PullingContext = createContext<RefusePull>(() => null);

/** Drawing of transitions: to a state, or to a place where one is then added. Esc gives up. */
export function usePulling(
  graph: PlacedGraph,
  acting: Acting | null,
  flow: ReactFlowInstance<CanvasNode>,
  pointing: PointingStore,
) {
  const store = useStoreApi();
  const tellPorts = useTellPorts();
  const began = useRef<Point | null>(null);
  useEffect(() => {
    const giveUp = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || began.current === null) return;
      event.stopPropagation();
      began.current = null;
      pointing.setState({ connecting: false });
      store.getState().cancelConnection();
    };
    window.addEventListener("keydown", giveUp, true);
    return () => window.removeEventListener("keydown", giveUp, true);
  }, [pointing, store]);

  return useMemo(() => {
    const refuse: RefusePull = (from, how, to, at) => {
      if (to === from) return null;
      if (to !== null && to !== groundOf(graph, from)) return acting?.mayConnect(from, to, how) ?? null;
      return mayEndAt(graph, from, at) ? null : LEAVES_BRANCH;
    };
    const start: OnConnectStart = (event) => {
      began.current = pointOf(event);
      pointing.setState({ connecting: true });
      // Every node has a place to arrive at from now on.
      tellPorts(null);
    };
    const connect = ({ source, target, sourceHandle }: Connection) => {
      if (began.current) acting?.onConnect(source, target, howOf(sourceHandle));
    };
    const end: OnConnectEnd = (event, { isValid, from, fromHandle, fromNode, toNode }) => {
      const [first, at] = [began.current, pointOf(event)];
      began.current = null;
      pointing.setState({ connecting: false });
      if (!first || !at || !from || !fromNode || isValid || !isOnCanvas(at)) return;
      if (toNode && toNode.id !== groundOf(graph, fromNode.id)) return;
      if (Math.hypot(at.x - first.x, at.y - first.y) < REGRET) return;
      const to = flow.screenToFlowPosition(at);
      const landing = landingOfPulled(graph, fromNode.id, howOf(fromHandle?.id), from, to);
      if (landing) acting?.onAdd(landing, at);
    };
    const mayEnd = ({
      source,
      target,
      sourceHandle,
    }: Pick<Connection, "source" | "target"> & { sourceHandle?: string | null }) =>
      acting?.mayConnect(source, target, howOf(sourceHandle)) === null;
    return {
      refuse,
      handlers: {
        onConnectStart: start,
        onConnect: connect,
        onConnectEnd: end,
        isValidConnection: mayEnd,
      },
    };
  }, [acting, flow, graph, pointing, tellPorts]);
}

export function howOf(handle: string | null | undefined): How {
  return handle === "catch" ? "catch" : "next";
}

function isOnCanvas({ x, y }: Point): boolean {
  return document.elementFromPoint(x, y)?.closest(".react-flow__pane") != null;
}
