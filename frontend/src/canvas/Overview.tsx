import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";

import type { Overlay } from "@/canvas/overlay.ts";
import { paintBlocks, Palette } from "@/canvas/painting.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { useShownTheme } from "@/ui/theme.ts";
import styles from "./Canvas.module.css";

interface OverviewProps {
  graph: PlacedGraph;
  overlay: Overlay | null;
  selected: ReadonlySet<string>;
}

/** A large graph from far away, painted: thousands of blocks are more than a page can hold as elements. */
export function Overview({ graph, overlay, selected }: OverviewProps) {
  const store = useStoreApi();
  const picture = useRef<HTMLCanvasElement>(null);
  const theme = useShownTheme();
  useEffect(() => {
    const canvas = picture.current;
    const to = canvas?.getContext("2d");
    if (!canvas || !to) return;
    const palette = new Palette(canvas);
    let request = 0;
    const paint = () => {
      request = 0;
      const { transform, width, height } = store.getState();
      const dense = window.devicePixelRatio || 1;
      const [x, y, zoom] = transform;
      if (canvas.width !== width * dense) canvas.width = width * dense;
      if (canvas.height !== height * dense) canvas.height = height * dense;
      to.clearRect(0, 0, canvas.width, canvas.height);
      paintBlocks(to, palette, {
        graph,
        overlay,
        selected,
        view: { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom },
        scale: zoom * dense,
        x: x * dense,
        y: y * dense,
        lines: true,
      });
    };
    const soon = () => {
      if (request === 0) request = requestAnimationFrame(paint);
    };
    soon();
    const unsubscribe = store.subscribe(soon);
    return () => {
      unsubscribe();
      if (request !== 0) cancelAnimationFrame(request);
    };
  }, [store, graph, overlay, selected, theme]);
  return <canvas ref={picture} className={styles.overview} data-testid="overview" aria-hidden />;
}
