import type { Point } from "@/document/document.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import { Grid } from "@/graph/grid.ts";
import { METRICS, transposed, type Metrics, type Rect } from "@/graph/measures.ts";
import type { SkeletonNode, SkeletonScope } from "@/graph/placement.ts";

/** An edge to the free place of a transition whose target is still to be chosen. */
export type OpenEdge = GraphEdge & { readonly to: string };

type Size = Pick<Rect, "width" | "height">;

/**
 * What is open of states that stand where a hand put them. It stands by its state, wherever that is; among the rows it
 * would take room far from it, and move the rest.
 */
export function openOfHand(
  scope: SkeletonScope,
  nodes: ReadonlyMap<string, SkeletonNode>,
  positions: Readonly<Record<string, Point>>,
): OpenEdge[] {
  return scope.edges.filter(
    (edge): edge is OpenEdge =>
      edge.to !== null &&
      nodes.get(edge.to)?.kind === "open" &&
      positions[edge.from] !== undefined &&
      positions[edge.to] === undefined,
  );
}

/** Room kept to everything that stands there already. */
const APART = 12;

/** Puts open places where there is room by their states: in a row after them, or where that is full, in the next. */
export function placeOpen(
  open: readonly OpenEdge[],
  sizes: ReadonlyMap<string, Size>,
  rects: Map<string, Rect>,
  direction: "down" | "right",
): void {
  const turn = (rect: Rect) => (direction === "down" ? rect : transposed(rect));
  const taken = new Grid([...rects.values()].map(turn));
  // All that is open of a state stands in one row, so that the longest of its labels has room.
  const room = new Map<string, number>();
  for (const edge of open)
    room.set(edge.from, Math.max(room.get(edge.from) ?? 0, METRICS[direction].labelRoom(edge)));
  for (const edge of open) {
    const [from, size] = [rects.get(edge.from), sizes.get(edge.to)];
    if (!from || !size) continue;
    const spots = spotsBy(
      edge,
      turn(from),
      turn({ x: 0, y: 0, ...size }),
      METRICS[direction],
      room.get(edge.from) ?? 0,
    );
    const free = (spot: Rect) => !taken.meets(grown(spot, APART));
    const at = spots.find(free) ?? spots.at(-1);
    if (!at) continue;
    taken.add(at);
    rects.set(edge.to, turn(at));
  }
}

/** From straight on outwards: to the right first, as the automatic layout has it. */
const COLUMNS = [0, 1, 2, 3, -1, -2, -3];
const ROWS = 24;
/** From a state to where its edges part, before there is room for their labels. */
const TRUNK = 12;

function spotsBy(
  edge: GraphEdge,
  from: Rect,
  { width, height }: Size,
  metrics: Metrics,
  room: number,
): Rect[] {
  const right = from.x + from.width;
  const first = from.y + from.height + TRUNK + room;
  const left = (column: number) => {
    const further = (Math.abs(column) - 1) * (width + metrics.columnGap);
    if (column === 0) return from.x + (from.width - width) / 2;
    return column > 0 ? right + metrics.columnGap + further : from.x - metrics.columnGap - width - further;
  };
  const rows = Array.from({ length: ROWS }, (_, row) => first + row * (height + metrics.rowGap));
  const after = rows.flatMap((y) => COLUMNS.map((column) => ({ x: left(column), y, width, height })));
  if (edge.kind !== "catch") return after;
  // An error leaves at the side, and is led straight on to what stands there.
  const y = from.y + Math.min(metrics.sidePort, from.height / 2) - Math.min(metrics.sidePort, height / 2);
  return [{ x: right + metrics.sideGap(edge), y, width, height }, ...after];
}

function grown({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
