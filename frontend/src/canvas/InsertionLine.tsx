import { ViewportPortal } from "@xyflow/react";
import { useContext } from "react";
import { useStore } from "zustand";

import { PointingContext } from "@/canvas/pointing.ts";
import styles from "./Canvas.module.css";

/** The line that shows where what is dragged would land. */
export function InsertionLine() {
  const line = useStore(useContext(PointingContext), (now) => now.landing?.line ?? null);
  if (!line) return null;
  const { x, y, length, level } = line;
  return (
    <ViewportPortal>
      <i
        className={styles.insert}
        data-testid="insertion-line"
        data-level={level || undefined}
        style={{
          transform: `translate(${x - (level ? length / 2 : 0)}px, ${y - (level ? 0 : length / 2)}px)`,
          [level ? "width" : "height"]: length,
        }}
      />
    </ViewportPortal>
  );
}
