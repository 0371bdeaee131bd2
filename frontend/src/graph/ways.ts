import type { Point } from "@/document/document.ts";
import { wayAround } from "@/graph/around.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import { labelWidth, METRICS, transposed, type Rect } from "@/graph/measures.ts";
import { piecesOf } from "@/graph/pieces.ts";
import type { Way } from "@/graph/scopeLayout.ts";

/** The way of an edge between two rectangles that stand anywhere, clear of all others. */
export function freeWay(
  edge: Pick<GraphEdge, "from" | "to" | "kind">,
  rects: ReadonlyMap<string, Rect>,
  direction: "down" | "right" = "down",
): Point[] {
  if (direction === "down") return freeWayDown(edge, rects, "down");
  const turned = new Map([...rects].map(([id, rect]) => [id, transposed(rect)]));
  return freeWayDown(edge, turned, "right").map(({ x, y }) => ({ x: y, y: x }));
}

function freeWayDown(
  edge: Pick<GraphEdge, "from" | "to" | "kind">,
  rects: ReadonlyMap<string, Rect>,
  direction: "down" | "right",
): Point[] {
  const { sidePort, columnGap } = METRICS[direction];
  const from = rects.get(edge.from);
  const to = edge.to === null ? undefined : rects.get(edge.to);
  if (!from || !to) return [];
  const aside = edge.kind === "catch";
  const start = aside
    ? { x: from.x + from.width, y: from.y + Math.min(sidePort, from.height / 2) }
    : { x: from.x + from.width / 2, y: from.y + from.height };
  const besides = to.x > from.x + from.width + columnGap / 2 && to.y <= start.y && start.y < to.y + to.height;
  const middle = to.y + Math.min(sidePort, to.height / 2);
  const top = { at: { x: to.x + to.width / 2, y: to.y }, side: "top" } as const;
  const left = { at: { x: to.x, y: middle }, side: "left" } as const;
  const obstacles = near(rects, from, to);
  if (aside) return wayAround(start, "right", besides ? left : top, obstacles);
  // A way back comes in at the left, as it does where nothing was moved.
  if (top.at.y <= from.y) return wayAround(start, "bottom", left, obstacles);
  // So nearly above each other that a bend would only look like a mistake.
  if (Math.abs(start.x - top.at.x) <= SLIGHT && top.at.y > start.y) start.x = top.at.x;
  return wayAround(start, "bottom", top, obstacles);
}

/** A bend of so few pixels is left out: the way leaves that much beside the middle. */
const SLIGHT = 8;

/** As many obstacles as one way can have to do with: those between its ends and round them. */
const FAR = 700;
const MOST_OBSTACLES = 120;

function near(rects: ReadonlyMap<string, Rect>, from: Rect, to: Rect): Rect[] {
  const all = [...rects.values()];
  if (all.length <= MOST_OBSTACLES) return all;
  const left = Math.min(from.x, to.x) - FAR;
  const right = Math.max(from.x + from.width, to.x + to.width) + FAR;
  const top = Math.min(from.y, to.y) - FAR;
  const bottom = Math.max(from.y + from.height, to.y + to.height) + FAR;
  const close = all.filter(
    (each) => each.x < right && each.x + each.width > left && each.y < bottom && each.y + each.height > top,
  );
  if (close.length <= MOST_OBSTACLES) return close;
  const apart = (each: Rect) =>
    Math.min(
      Math.abs(each.x - from.x) + Math.abs(each.y - from.y),
      Math.abs(each.x - to.x) + Math.abs(each.y - to.y),
    );
  return close.sort((one, other) => apart(one) - apart(other)).slice(0, MOST_OBSTACLES);
}

/** True where a way runs through a rectangle. */
export function crosses(way: Way, rect: Rect): boolean {
  return way.some((point, index) => {
    const next = way[index + 1];
    if (!next) return false;
    return (
      Math.min(point.x, next.x) < rect.x + rect.width - 1 &&
      Math.max(point.x, next.x) > rect.x + 1 &&
      Math.min(point.y, next.y) < rect.y + rect.height - 1 &&
      Math.max(point.y, next.y) > rect.y + 1
    );
  });
}

/** Where the "+" of an edge stands: in the middle of its longest piece, beside the label where that is in the way. */
export function plusOf(
  edge: GraphEdge,
  way: Way,
  label: Point | null,
  from: Rect | undefined,
  direction: "down" | "right",
): { plusAt: Point; upright: boolean } {
  if (way.length < 2) {
    const { x, y, width, height } = from ?? { x: 0, y: 0, width: 0, height: 0 };
    return direction === "down"
      ? { plusAt: { x: x + width / 2, y: y + height + 10 }, upright: true }
      : { plusAt: { x: x + width + 10, y: y + height / 2 }, upright: false };
  }
  const pieces = piecesOf(way);
  const half = labelWidth(edge) / 2 + 12;
  const longestFirst = [...pieces].sort((one, other) => other.length - one.length);
  for (const share of [0.5, 0.25, 0.75]) {
    for (const piece of longestFirst) {
      const at = {
        x: piece.start.x + (piece.end.x - piece.start.x) * share,
        y: piece.start.y + (piece.end.y - piece.start.y) * share,
      };
      if (piece.length >= 24 && (!label || Math.abs(at.x - label.x) > half || Math.abs(at.y - label.y) > 20))
        return { plusAt: at, upright: !piece.level };
    }
  }
  const [first] = pieces;
  const start = first?.start ?? { x: 0, y: 0 };
  const end = first?.end ?? start;
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return { plusAt: label ? { x: label.x + half, y: label.y } : middle, upright: !first?.level };
}
