import type { Point } from "@/document/document.ts";
import type { Rect } from "@/graph/measures.ts";

/** How several states are put in line: on an edge or a middle, or at equal distances across or down. */
export type Alignment = "left" | "centre" | "right" | "top" | "middle" | "bottom" | "across" | "down";

/** The new places of rectangles that are aligned; those already there are left out. */
export function aligned(rects: ReadonlyMap<string, Rect>, how: Alignment): Map<string, Point> {
  const all = [...rects];
  const places = new Map<string, Point>();
  if (all.length < 2) return places;
  const left = Math.min(...all.map(([, rect]) => rect.x));
  const right = Math.max(...all.map(([, rect]) => rect.x + rect.width));
  const top = Math.min(...all.map(([, rect]) => rect.y));
  const bottom = Math.max(...all.map(([, rect]) => rect.y + rect.height));
  const put = (id: string, rect: Rect, x: number, y: number) => {
    if (Math.abs(rect.x - x) >= 1 || Math.abs(rect.y - y) >= 1) places.set(id, { x, y });
  };
  if (how === "across" || how === "down") {
    spread(all, how === "across", put);
    return places;
  }
  for (const [id, rect] of all)
    switch (how) {
      case "left":
        put(id, rect, left, rect.y);
        break;
      case "centre":
        put(id, rect, (left + right) / 2 - rect.width / 2, rect.y);
        break;
      case "right":
        put(id, rect, right - rect.width, rect.y);
        break;
      case "top":
        put(id, rect, rect.x, top);
        break;
      case "middle":
        put(id, rect, rect.x, (top + bottom) / 2 - rect.height / 2);
        break;
      case "bottom":
        put(id, rect, rect.x, bottom - rect.height);
        break;
    }
  return places;
}

/** Puts rectangles at equal distances between the first and the last, which stay; closer than touching they do not go. */
function spread(
  all: readonly (readonly [string, Rect])[],
  across: boolean,
  put: (id: string, rect: Rect, x: number, y: number) => void,
): void {
  const size = (rect: Rect) => (across ? rect.width : rect.height);
  const start = (rect: Rect) => (across ? rect.x : rect.y);
  const order = [...all].sort(([, one], [, other]) => start(one) - start(other));
  const [first, last] = [order[0]?.[1], order.at(-1)?.[1]];
  if (!first || !last || order.length < 3) return;
  const filled = order.reduce((sum, [, rect]) => sum + size(rect), 0);
  const gap = Math.max(0, (start(last) + size(last) - start(first) - filled) / (order.length - 1));
  let at = start(first);
  for (const [id, rect] of order) {
    if (across) put(id, rect, at, rect.y);
    else put(id, rect, rect.x, at);
    at += size(rect) + gap;
  }
}
