import { useReactFlow, useStoreApi, type Viewport } from "@xyflow/react";
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from "react";

import { NOTE } from "@/canvas/editing.ts";
import { MINIMAP } from "@/canvas/useMinimap.ts";
import type { Point } from "@/document/document.ts";
import { START } from "@/graph/derive.ts";
import { shownFor, type PlacedGraph } from "@/graph/layout.ts";
import { overlap, type Rect } from "@/graph/measures.ts";

/** Room round a graph that is shown whole. */
const AROUND = 28;
const LEAST_READABLE = 0.7;
const TAB_STOP = '[data-node][tabindex="0"], [data-node] [tabindex="0"], [data-empty]';
/** A graph that could only be shown whole as a cloud of dots opens at its start instead. */
const LEAST_TO_OPEN = 0.3;

/** How long a step of zooming takes, and a move of the view, in milliseconds. */
const ZOOM_STEP = 120;
const MOVE = 200;
const CENTER = 250;

/** As much of a tall node is looked at: its head, in the middle or in view; and some room below it. */
const HEAD_CENTERED = 200;
const HEAD_SHOWN = 100;
const BELOW = 30;

/** For so many frames a node that is to have the keyboard is waited for. */
const FRAMES = 120;

/** The rectangle of a node or note; for what is inside a folded box, that of the box. */
export function rectOf(graph: PlacedGraph, id: string): Rect | undefined {
  if (id.startsWith(NOTE)) return graph.notes.find((note) => NOTE + note.id === id);
  return graph.rects.get(shownFor(graph, id) ?? id);
}

/** A view of a graph: how large it is, and where on the canvas its start is seen. */
export interface View {
  readonly start: Point;
  readonly zoom: number;
}

/**
 * What moves the view, and what moves it by itself when the graph changes. It begins with the view that is given,
 * and hands on the last one when the canvas goes.
 */
export function useViewport(
  graph: PlacedGraph,
  root: RefObject<HTMLElement | null>,
  selected: readonly string[],
  editing: boolean,
  minimap: boolean,
  first: View | null,
  onLeave: ((view: View) => void) | undefined,
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
      const frame = store.getState();
      const zoomOf = (fit: number) => Math.max(leastZoom(fits), Math.min(most, fit));
      void flow.setViewport(wholeIn(graph, frame, zoomOf, minimap), { duration });
    },
    [flow, graph, store, whole, minimap],
  );

  /** Shows a graph for the first time: whole where it can be made out so, else its start. */
  const open = useCallback(
    (duration = 0) => {
      const fits = whole();
      const start = graph.rects.get(START) ?? graph.rects.values().next().value;
      if (fits === null) return;
      if (fits >= LEAST_TO_OPEN || !start) {
        fit(duration);
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
    },
    [fit, flow, graph, store, whole],
  );

  const begins = useRef(first);
  const begin = useCallback(() => {
    const view = begins.current;
    const start = graph.rects.get(START);
    if (!view || !start) open();
    else if (store.getState().width > 0) {
      begins.current = null;
      const { zoom } = view;
      void flow.setViewport({ x: view.start.x - start.x * zoom, y: view.start.y - start.y * zoom, zoom });
    }
  }, [flow, graph, open, store]);
  const leave = useRef<() => void>(undefined);
  useEffect(() => {
    leave.current = () => {
      const [x, y, zoom] = store.getState().transform;
      const start = graph.rects.get(START);
      if (start) onLeave?.({ start: { x: start.x * zoom + x, y: start.y * zoom + y }, zoom });
    };
  });
  // Before React Flow forgets it.
  useLayoutEffect(() => () => leave.current?.(), []);

  // A step that comes while the last one is still moving goes on from where that one will end.
  const aim = useRef({ zoom: 1, until: 0 });
  const zoomBy = useCallback(
    (factor: number) => {
      const now = performance.now();
      const from = now < aim.current.until ? aim.current.zoom : flow.getZoom();
      const { minZoom, maxZoom } = store.getState();
      const zoom = Math.max(minZoom, Math.min(maxZoom, from * factor));
      aim.current = { zoom, until: now + ZOOM_STEP };
      void flow.zoomTo(zoom, { duration: ZOOM_STEP });
    },
    [flow, store],
  );

  const center = useCallback(
    (id: string, duration = CENTER) => {
      const rect = rectOf(graph, id);
      if (rect)
        void flow.setCenter(rect.x + rect.width / 2, rect.y + Math.min(rect.height / 2, HEAD_CENTERED), {
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
        top + (Math.min(rect.height, HEAD_SHOWN) + BELOW) * zoom > height
      ) {
        // As long as the whole graph can be read, all of it is shown; else the one that matters.
        if ((whole() ?? 0) >= LEAST_READABLE) fit(MOVE, zoom);
        else center(id, MOVE);
      }
    },
    [graph, store, whole, center, fit],
  );

  /** Gives a node the keyboard; without an id the one that the Tab key comes to, or the place of a first state. */
  const focus = useCallback(
    (id: string | null) => {
      const selector = id === null ? TAB_STOP : `[data-node="${CSS.escape(id)}"]`;
      // What is being added or has just come into view is drawn a few frames later. Until then the canvas itself
      // has the focus, so that no key goes to the page; somebody who moves on meanwhile is not called back.
      let tries = FRAMES;
      root.current?.focus({ preventScroll: true });
      const look = () => {
        if (document.activeElement !== root.current) return;
        const node = root.current?.querySelector<HTMLElement>(selector);
        const target = node?.matches("[tabindex],button")
          ? node
          : node?.querySelector<HTMLElement>("[tabindex]");
        if (target) target.focus({ preventScroll: true });
        else if (tries-- > 0) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    [root],
  );

  // A graph that came into an empty canvas is opened. Later the start stays where it is on the screen,
  // whatever is added; only what was added outside the view moves it, and that nothing is left in it.
  const opensNext = useRef(false);
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
    if (opensNext.current) {
      opensNext.current = false;
      open(MOVE);
    } else if (wasEmpty.current && !isEmpty) begin();
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
        if ((whole() ?? 0) >= LEAST_READABLE && top + graph.height * now > height) fit(MOVE, now);
        else show(added);
      }
      const shrank = graph.rects.size < (known?.rects.size ?? 0);
      if (editing && shrank && !isAnyIn(graph, viewed(store.getState(), flow.getViewport()))) fit(MOVE, zoom);
    }
    wasEmpty.current = isEmpty;
    // Only another graph moves the view; a selection alone does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [graph]);

  /** Shows the graph anew once it has other places. */
  const openNext = useCallback(() => {
    opensNext.current = true;
  }, []);

  return { fit, begin, openNext, center, show, focus, whole, zoomBy };
}

/** As far as one can go away from any graph, and from a small one. */
const LEAST_ZOOM = 0.01;
const LEAST_ZOOM_OF_SMALL = 0.1;

/** What of the canvas is seen. */
function viewed(frame: { width: number; height: number }, { x, y, zoom }: Viewport): Rect {
  return { x: -x / zoom, y: -y / zoom, width: frame.width / zoom, height: frame.height / zoom };
}

function isAnyIn(graph: PlacedGraph, view: Rect): boolean {
  return [...graph.rects.values()].some((rect) => overlap(rect, view));
}

/** How far one can go away: to half of what shows the whole graph. */
export function leastZoom(whole: number | null): number {
  return Math.max(LEAST_ZOOM, Math.min(LEAST_ZOOM_OF_SMALL, (whole ?? LEAST_ZOOM_OF_SMALL) / 2));
}

const BESIDE = 12;
/** What the minimap covers of the view, with some room round it. */
const MAP = { width: MINIMAP.width + 2 * BESIDE, height: MINIMAP.height + 2 * BESIDE };

/** As much of its size a graph may lose to keep clear of the minimap. */
const WORTH_IT = 0.7;

/** The view of a whole graph: in the middle, or so that no state lies under the minimap where that can be had. */
function wholeIn(
  graph: PlacedGraph,
  { width, height }: { width: number; height: number },
  zoomOf: (fits: number) => number,
  minimap: boolean,
): Viewport {
  const within = (right: number, bottom: number): Viewport => {
    const [roomX, roomY] = [width - right, height - bottom];
    const zoom = zoomOf(Math.min((roomX - 2 * AROUND) / graph.width, (roomY - 2 * AROUND) / graph.height));
    return {
      x: Math.max(AROUND, (roomX - graph.width * zoom) / 2),
      y: graph.direction === "down" ? AROUND : Math.max(AROUND, (roomY - graph.height * zoom) / 2),
      zoom,
    };
  };
  const middle = within(0, 0);
  const plain = {
    ...middle,
    x: (width - graph.width * middle.zoom) / 2,
    y: graph.direction === "down" ? AROUND : (height - graph.height * middle.zoom) / 2,
  };
  const covered = ({ x, y, zoom }: Viewport) =>
    [...graph.rects.values()].some(
      (rect) =>
        x + (rect.x + rect.width) * zoom > width - MAP.width &&
        y + (rect.y + rect.height) * zoom > height - MAP.height,
    );
  if (!minimap || !covered(plain)) return plain;
  const beside = [within(MAP.width, 0), within(0, MAP.height)].filter((view) => !covered(view));
  const [best] = beside.sort((one, other) => other.zoom - one.zoom);
  // Much smaller than it could be is too high a price.
  return best && best.zoom >= middle.zoom * WORTH_IT ? best : plain;
}
