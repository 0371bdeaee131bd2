import { ViewportPortal } from "@xyflow/react";
import { useContext } from "react";
import { useStore } from "zustand";

import { PointingContext } from "@/canvas/pointing.ts";
import { pulledLine } from "@/graph/pulled.ts";
import styles from "./Canvas.module.css";

/** A transition that was let go where no state is, and the place of the one that is being chosen for it. */
export function PulledLine({ direction }: { direction: "down" | "right" }) {
  const pulled = useStore(useContext(PointingContext), (now) => now.landing?.pulled ?? null);
  if (!pulled) return null;
  const { from, how, rect } = pulled;
  const down = direction === "down";
  const to = down ? { x: rect.x + rect.width / 2, y: rect.y } : { x: rect.x, y: rect.y + rect.height / 2 };
  return (
    <ViewportPortal>
      <svg className={styles.pulled} data-testid="pulled-line" aria-hidden>
        <path
          className={styles.drawing}
          data-kind={how}
          d={pulledLine(from, to, down === (how === "catch"))}
        />
        <rect {...rect} rx="8" />
      </svg>
    </ViewportPortal>
  );
}
