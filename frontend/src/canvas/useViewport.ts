import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useLayoutEffect, useRef, type RefObject } from "react";

import { NOTE } from "@/canvas/editing.ts";
import { START } from "@/graph/derive.ts";
import { shownFor, type PlacedGraph } from "@/graph/layout.ts";
import type { Rect } from "@/graph/measures.ts";

/** Room round a graph that is shown whole. */
const AROUND = 28;
const LEAST_READABLE = 0.7;
/** A graph that could only be shown whole as a cloud of dots opens at its start instead. */
const LEAST_TO_OPEN = 0.3;

/** The rectangle of a node or note; for what is inside a folded box, that of the box. */
export function rectOf(graph: PlacedGraph, id: string): Rect | undefined {
  if (id.startsWith(NOTE)) return graph.notes.find((note) => NOTE + note.id === id);
  return graph.rects.get(shownFor(graph, id) ?? id);
}

/** What moves the view, and what moves it by itself when the graph changes. */
export function useViewport(
  graph: PlacedGraph,
  root: RefObject<HTMLElement | null>,
  selected: readonly string[],
  editing: boolean,
) {
  const flow = useReactFlow();
  const store = useStoreApi();

  const whole = useCallback(() => {
    const { width, height } = store.getState();
    if (width === 0 || height === 0 || graph.width === 0) return null;
    return Math.min((width - 2 * AROUND) / graph.width, (height - 2 * AROUND) / graph.height);
  }, [graph, store]);

  /** Shows the whole graph, its start at the top, as large as fits and no larger than it is. */
  const fit = useCallback(
    (duration: number, most = 1) => {
      const fits = whole();
      if (fits === null) return;
      const { width, height } = store.getState();
      const zoom = Math.max(leastZoom(fits), Math.min(most, fits));
      const y = graph.direction === "down" ? AROUND : (height - graph.height * zoom) / 2;
      void flow.setViewport({ x: (width - graph.width * zoom) / 2, y, zoom }, { duration });
    },
    [flow, graph, store, whole],
  );

  /** Shows a graph for the first time: whole where it can be made out so, else its start. */
  const open = useCallback(() => {
    const fits = whole();
    const start = graph.rects.get(START) ?? graph.rects.values().next().value;
    if (fits === null) return;
    if (fits >= LEAST_TO_OPEN || !start) {
      fit(0);
      return;
    }
    const { width, height } = store.getState();
    const zoom = LEAST_READABLE;
    const down = graph.direction === "down";
    void flow.setViewport({
      x: down ? width / 2 - (start.x + start.width / 2) * zoom : AROUND - start.x * zoom,
      y: down ? AROUND - start.y * zoom : height / 2 - (start.y + start.height / 2) * zoom,
      zoom,
    });
  }, [fit, flow, graph, store, whole]);

  const center = useCallback(
    (id: string, duration = 250) => {
      const rect = rectOf(graph, id);
      if (rect)
        void flow.setCenter(rect.x + rect.width / 2, rect.y + Math.min(rect.height / 2, 200), {
          zoom: flow.getZoom(),
          duration,
        });
    },
    [flow, graph],
  );

  /** Brings a node into view where it is not there yet. */
  const show = useCallback(
    (id: string) => {
      const rect = rectOf(graph, id);
      const { width, height, transform } = store.getState();
      if (!rect) return;
      const [x, y, zoom] = transform;
      const [left, top] = [rect.x * zoom + x, rect.y * zoom + y];
      if (
        left < 0 ||
        top < 0 ||
        left + rect.width * zoom > width ||
        top + (Math.min(rect.height, 100) + 30) * zoom > height
      ) {
        // As long as the whole graph can be read, all of it is shown; else the one that matters.
        if ((whole() ?? 0) >= LEAST_READABLE) fit(200, zoom);
        else center(id, 200);
      }
    },
    [graph, store, whole, center, fit],
  );

  const focus = useCallback(
    (id: string) => {
      // What has just come into view is drawn in the next frame: it may take a few.
      let tries = 20;
      const look = () => {
        const node = root.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
        const target = node?.matches("[tabindex]") ? node : node?.querySelector<HTMLElement>("[tabindex]");
        if (target) target.focus({ preventScroll: true });
        else if (tries-- > 0) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    [root],
  );

  // A graph that came into an empty canvas is opened. Later the start stays where it is on the screen,
  // whatever is added; only what was added outside the view moves it.
  const wasEmpty = useRef(true);
  const lastStart = useRef<Rect | null>(null);
  const last = useRef<PlacedGraph | null>(null);
  useLayoutEffect(() => {
    const isEmpty = ![...graph.nodes.values()].some((node) => node.state !== null);
    const start = graph.rects.get(START) ?? null;
    const before = lastStart.current;
    const known = last.current;
    lastStart.current = start;
    last.current = graph;
    if (wasEmpty.current && !isEmpty) open();
    else if (known && known.direction !== graph.direction) open();
    else if (start && before) {
      const { x, y, zoom } = flow.getViewport();
      if (start.x !== before.x || start.y !== before.y)
        void flow.setViewport({
          x: x - (start.x - before.x) * zoom,
          y: y - (start.y - before.y) * zoom,
          zoom,
        });
      const [added] = selected;
      const grew = graph.rects.size > (known?.rects.size ?? 0) && known?.folded.size === graph.folded.size;
      const noted = graph.notes.length > (known?.notes.length ?? 0);
      if (editing && noted && added?.startsWith(NOTE)) show(added);
      else if (editing && grew && added !== undefined) {
        const { height } = store.getState();
        // What was in view whole stays so while it can be read.
        const { y: top, zoom: now } = flow.getViewport();
        if ((whole() ?? 0) >= LEAST_READABLE && top + graph.height * now > height) fit(200, now);
        else show(added);
      }
    }
    wasEmpty.current = isEmpty;
    // Only another graph moves the view; a selection alone does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [graph]);

  return { fit, open, center, show, focus, whole };
}

/** How far one can go away: to half of what shows the whole graph. */
export function leastZoom(whole: number | null): number {
  return Math.max(0.01, Math.min(0.1, (whole ?? 0.1) * 0.5));
}
