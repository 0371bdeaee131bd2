import type { RefObject } from "react";

import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import { IconButton } from "@/ui/Button.tsx";
import styles from "./GraphZoom.module.css";

/** Nearer, further, whole: for a graph that has no toolbar of its own. */
export function GraphZoom({ canvas }: { canvas: RefObject<CanvasHandle | null> }) {
  return (
    <div className={styles.zoom} role="toolbar" aria-label="View of the graph">
      <IconButton icon="zoom-out" small label="Zoom out" onClick={() => canvas.current?.zoomOut()} />
      <IconButton icon="zoom-in" small label="Zoom in" onClick={() => canvas.current?.zoomIn()} />
      <IconButton icon="scan" small label="Fit the graph" onClick={() => canvas.current?.fit()} />
    </div>
  );
}
