import { useStoreApi } from "@xyflow/react";
import { useEffect, useState } from "react";

import type { Rect } from "@/graph/measures.ts";

export type Lod = "full" | "names" | "blocks";

export interface Visible {
  /** What is in view and a good piece more, so that a small move draws nothing new. */
  readonly view: Rect;
  readonly lod: Lod;
}

/** The view grows and shrinks by steps of this many pixels of the screen. */
const STEP = 256;

/** What of the graph is in view. Changes seldom while the view is carried: by steps, not by pixels. */
export function useVisible(): Visible {
  const store = useStoreApi();
  const [visible, setVisible] = useState<Visible>(() => visibleOf(store.getState()));
  useEffect(() => {
    const look = () => {
      const next = visibleOf(store.getState());
      setVisible((before) => (same(before, next) ? before : next));
    };
    look();
    return store.subscribe(look);
  }, [store]);
  return visible;
}

interface Viewport {
  readonly transform: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
}

function visibleOf({ transform: [x, y, zoom], width, height }: Viewport): Visible {
  const lod = zoom < 0.3 ? "blocks" : zoom < 0.6 ? "names" : "full";
  const step = STEP / zoom;
  const from = (at: number) => Math.floor((-at / zoom - step / 4) / step) * step;
  const to = (at: number, size: number) => Math.ceil(((size - at) / zoom + step / 4) / step) * step;
  // Before the canvas has a size there is nothing to draw in.
  if (width === 0 || height === 0) return { view: { x: 0, y: 0, width: 0, height: 0 }, lod };
  const [left, top] = [from(x), from(y)];
  return { view: { x: left, y: top, width: to(x, width) - left, height: to(y, height) - top }, lod };
}

function same(one: Visible, other: Visible): boolean {
  const [a, b] = [one.view, other.view];
  return (
    one.lod === other.lod &&
    Math.abs(a.x - b.x) < 1 &&
    Math.abs(a.y - b.y) < 1 &&
    Math.abs(a.width - b.width) < 1 &&
    Math.abs(a.height - b.height) < 1
  );
}
