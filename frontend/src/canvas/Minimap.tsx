import { useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef, type PointerEvent } from "react";

import type { Overlay } from "@/canvas/overlay.ts";
import { paintBlocks, Palette } from "@/canvas/painting.ts";
import { MINIMAP } from "@/canvas/useMinimap.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { useShownTheme } from "@/ui/theme.ts";
import styles from "./Canvas.module.css";

const { width: WIDTH, height: HEIGHT } = MINIMAP;
/** Round the graph in small, so that the frame of a view that holds all of it stands clear of the states. */
const MARGIN = 12;
/** The frame stays whole inside the map, however far the view reaches beyond the graph. */
const INSET = 4;
const LEAST_FRAME = 6;
const NONE: ReadonlySet<string> = new Set();

interface MinimapProps {
  graph: PlacedGraph;
  overlay: Overlay | null;
  selected: ReadonlySet<string>;
  onMove: (x: number, y: number) => void;
}

/** The whole graph in small with the colours of its states; clicking or dragging in it moves the view. */
export function Minimap({ graph, overlay, selected, onMove }: MinimapProps) {
  const store = useStoreApi();
  const picture = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLElement>(null);
  const theme = useShownTheme();
  const scale = Math.min(
    0.2,
    (WIDTH - 2 * MARGIN) / Math.max(1, graph.width),
    (HEIGHT - 2 * MARGIN) / Math.max(1, graph.height),
  );
  const x = (WIDTH - graph.width * scale) / 2;
  const y = (HEIGHT - graph.height * scale) / 2;

  useEffect(() => {
    const canvas = picture.current;
    const to = canvas?.getContext("2d");
    if (!canvas || !to) return;
    const dense = window.devicePixelRatio || 1;
    // Many changes a second are painted once a frame, whatever asked for it.
    const request = requestAnimationFrame(() => {
      canvas.width = WIDTH * dense;
      canvas.height = HEIGHT * dense;
      const view = { x: 0, y: 0, width: graph.width, height: graph.height };
      paintBlocks(to, new Palette(canvas), {
        graph,
        overlay,
        selected: overlay ? NONE : selected,
        view,
        scale: scale * dense,
        x: x * dense,
        y: y * dense,
        lines: false,
      });
    });
    return () => cancelAnimationFrame(request);
  }, [graph, overlay, selected, scale, x, y, theme]);

  useEffect(() => {
    const show = () => {
      const { transform, width, height } = store.getState();
      const element = frame.current;
      if (!element) return;
      const [left, top, zoom] = transform;
      const across = within(x - (left / zoom) * scale, (width / zoom) * scale, WIDTH);
      const down = within(y - (top / zoom) * scale, (height / zoom) * scale, HEIGHT);
      element.style.transform = `translate(${across.from}px, ${down.from}px)`;
      element.style.width = `${across.size}px`;
      element.style.height = `${down.size}px`;
    };
    show();
    return store.subscribe(show);
  }, [store, scale, x, y]);

  const move = useCallback(
    (event: PointerEvent<HTMLDivElement>) => {
      if (event.buttons === 0) return;
      const box = event.currentTarget.getBoundingClientRect();
      onMove((event.clientX - box.left - x) / scale, (event.clientY - box.top - y) / scale);
    },
    [onMove, scale, x, y],
  );
  return (
    <div
      className={`nopan nowheel ${styles.minimap}`}
      data-testid="minimap"
      role="img"
      aria-label="Overview of the graph"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={move}
    >
      <canvas ref={picture} style={{ width: WIDTH, height: HEIGHT }} />
      <i ref={frame} className={styles.inView} data-testid="minimap-frame" />
    </div>
  );
}

/** The part of a span that lies inside the map; of one that lies beyond, a sliver at that side. */
function within(from: number, size: number, room: number): { from: number; size: number } {
  const start = Math.min(Math.max(from, INSET), room - INSET - LEAST_FRAME);
  const end = Math.max(Math.min(from + size, room - INSET), start + LEAST_FRAME);
  return { from: start, size: end - start };
}
