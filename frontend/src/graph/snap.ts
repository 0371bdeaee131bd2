import type { Point } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import type { Rect } from "@/graph/measures.ts";

/** Places set by hand stand on this grid, counted from where their scope begins. */
const GRID = 10;
/** So near to a neighbour's line a state comes to stand on it. */
const PULL = 8;

/**
 * Where a card comes to stand that is let go at a rectangle: with its middle on the grid or, where one is
 * near, in line with another card of its scope, so that the way between them is straight.
 */
export function snapped(graph: PlacedGraph, scope: string, rect: Rect, without: ReadonlySet<string>): Point {
  const origin = graph.origins.get(scope) ?? graph.origins.get("") ?? { x: 0, y: 0 };
  const others = (graph.scopes.get(scope)?.nodes ?? []).flatMap((id) => {
    const found = without.has(id) ? undefined : graph.rects.get(id);
    return found ? [found] : [];
  });
  const line = (at: number, from: number, lines: readonly number[]) => {
    const near = lines.filter((each) => Math.abs(each - at) <= PULL);
    const [best] = near.sort((one, other) => Math.abs(one - at) - Math.abs(other - at));
    return best ?? from + Math.round((at - from) / GRID) * GRID;
  };
  const down = graph.direction === "down";
  const [halfX, halfY] = down ? [rect.width / 2, 0] : [0, rect.height / 2];
  const half = (each: Rect) => (down ? { x: each.width / 2, y: 0 } : { x: 0, y: each.height / 2 });
  return {
    x:
      line(
        rect.x + halfX,
        origin.x,
        others.map((each) => each.x + half(each).x),
      ) - halfX,
    y:
      line(
        rect.y + halfY,
        origin.y,
        others.map((each) => each.y + half(each).y),
      ) - halfY,
  };
}
