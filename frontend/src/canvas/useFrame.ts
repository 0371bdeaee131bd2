import { useStoreApi } from "@xyflow/react";
import { useEffect, useMemo, useRef } from "react";

import type { Point } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { overlap, type Rect } from "@/graph/measures.ts";

/** Selecting by a click or a frame where states are painted: there are no elements to ask which are inside. */
export function useFrame(graph: PlacedGraph, painted: boolean, onSelect: (ids: string[]) => void) {
  const store = useStoreApi();
  const last = useRef<Rect | null>(null);
  useEffect(
    () =>
      store.subscribe(({ userSelectionRect, transform }) => {
        if (!userSelectionRect) return;
        const [x, y, zoom] = transform;
        last.current = {
          x: (userSelectionRect.x - x) / zoom,
          y: (userSelectionRect.y - y) / zoom,
          width: userSelectionRect.width / zoom,
          height: userSelectionRect.height / zoom,
        };
      }),
    [store],
  );
  return useMemo(() => {
    const inside = (frame: Rect) =>
      [...graph.rects].flatMap(([id, rect]) =>
        graph.nodes.get(id)?.state && overlap(rect, frame) ? [id] : [],
      );
    return {
      at: (point: Point) => inside({ ...point, width: 1, height: 1 }).slice(-1),
      end: () => {
        const frame = last.current;
        last.current = null;
        if (painted && frame) onSelect(inside(frame));
      },
    };
  }, [graph, painted, onSelect]);
}
