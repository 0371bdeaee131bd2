import type { Point } from "@/document/document.ts";
import { overlap, ROW_GAP, type Rect } from "@/graph/measures.ts";
import { keepApart } from "@/graph/apart.ts";
import { placeOpen, type OpenEdge } from "@/graph/openPlaces.ts";
import type { SkeletonScope } from "@/graph/placement.ts";
import type { Way } from "@/graph/scopeLayout.ts";
import { crosses, freeWay } from "@/graph/ways.ts";

/** Room kept between what a hand put somewhere and what makes way for it. */
const APART = 12;

/**
 * Puts nodes where a hand put them: those stay exactly there, what lies in their way is pushed down, and what is open
 * of them finds its place by them.
 */
export function applyHand(
  scope: SkeletonScope,
  rects: Map<string, Rect>,
  ways: Map<string, Way>,
  positions: Readonly<Record<string, Point>>,
  anchor: Point,
  direction: "down" | "right",
  open: readonly OpenEdge[],
  sizes: ReadonlyMap<string, Pick<Rect, "width" | "height">>,
): void {
  const hand = scope.nodes.filter((id) => positions[id] !== undefined && rects.has(id));
  if (hand.length === 0) return;
  const changed = new Set<string>();
  const put = (id: string, rect: Rect) => {
    const before = rects.get(id);
    if (before && before.x === rect.x && before.y === rect.y) return;
    rects.set(id, rect);
    changed.add(id);
  };
  for (const id of hand) {
    const rect = rects.get(id);
    const at = positions[id];
    if (rect && at) put(id, { ...rect, x: at.x + anchor.x, y: at.y + anchor.y });
  }
  // What a hand placed comes first, from the top; two of those may only meet where they were let go so.
  const placed = new Set(hand);
  const order = [...rects.keys()].sort(
    (one, other) =>
      Number(placed.has(other)) - Number(placed.has(one)) ||
      (rects.get(one)?.y ?? 0) - (rects.get(other)?.y ?? 0),
  );
  const settled: Rect[] = [];
  for (const id of order) {
    let rect = rects.get(id);
    if (!rect) continue;
    for (let guard = 0; guard <= settled.length; guard++) {
      const current: Rect = rect;
      // Only what was moved, or what was pushed by it, can be in the way: the automatic layout overlaps nothing.
      const hit = settled.find((other) => overlap(current, other, APART));
      if (!hit) break;
      rect = { ...current, y: hit.y + hit.height + ROW_GAP };
    }
    put(id, rect);
    if (placed.has(id) || changed.has(id)) settled.push(rect);
  }
  placeOpen(open, sizes, rects, direction);
  for (const { to } of open) changed.add(to);
  const moved = [...changed].flatMap((id) => rects.get(id) ?? []);
  const led = new Set<string>();
  for (const edge of scope.edges) {
    if (edge.to === null) continue;
    const way = ways.get(edge.id) ?? [];
    const touched =
      changed.has(edge.from) || changed.has(edge.to) || moved.some((rect) => crosses(way, rect));
    if (!touched) continue;
    ways.set(edge.id, freeWay(edge, rects, direction));
    led.add(edge.id);
  }
  keepApart(scope.edges, ways, rects, led, direction);
}
