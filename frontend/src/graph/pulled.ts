import type { Point } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { CARD_HEIGHT, CARD_WIDTH, overlap, ROW_GAP, type Rect } from "@/graph/measures.ts";
import { fillingOf, scopeAt, type Landing } from "@/graph/places.ts";
import { snapped } from "@/graph/snap.ts";

/** A transition that was let go where no state is, and the place of the state that it will lead to. */
export interface Pulled {
  readonly source: string;
  readonly from: Point;
  readonly how: "next" | "catch";
  readonly rect: Rect;
}

/** The box whose inside is the ground on which a state stands. */
export function groundOf(graph: PlacedGraph, id: string): string | null {
  return graph.scopes.get(graph.nodes.get(id)?.scope ?? "")?.owner ?? null;
}

/**
 * Whether a transition out of a state may be let go at this point for a state that is to be added there. A box is
 * hardly larger than what is in it: close around it is meant for its inside, as it grows with what comes in.
 */
export function mayEndAt(graph: PlacedGraph, id: string, point: Point): boolean {
  const scope = graph.nodes.get(id)?.scope;
  const found = scopeAt(graph, point);
  if (scope === undefined || found === scope) return scope !== undefined;
  const box = groundOf(graph, id);
  const rect = box === null ? undefined : graph.rects.get(box);
  const isAround = box !== null && found === graph.nodes.get(box)?.scope;
  return isAround && rect !== undefined && overlap(rect, { ...point, width: 0, height: 0 }, CARD_HEIGHT);
}

/** Where a state comes to stand that is added at the end of a transition pulled out of another. */
export function landingOfPulled(
  graph: PlacedGraph,
  id: string,
  how: "next" | "catch",
  from: Point,
  to: Point,
): Landing | null {
  const source = graph.nodes.get(id);
  const standing = graph.rects.get(id);
  if (!source?.state || !standing || !mayEndAt(graph, id, to)) return null;
  const open = graph.edges.find(
    (edge) => edge.from === id && edge.to !== null && isOpenAt(graph, edge.to, to),
  );
  const place = open?.to && graph.nodes.get(open.to);
  if (place && how === "next") return fillingOf(graph, place);
  const down = graph.direction === "down";
  // The transition ends where it was let go: in the middle of the side at which transitions arrive.
  const corner = down ? { x: to.x - CARD_WIDTH / 2, y: to.y } : { x: to.x, y: to.y - CARD_HEIGHT / 2 };
  const rect = { ...corner, width: CARD_WIDTH, height: CARD_HEIGHT };
  const put = { ...rect, ...snapped(graph, source.scope, rect, new Set()) };
  if (overlap(put, standing, ROW_GAP / 2)) {
    if (down) put.y = standing.y + standing.height + ROW_GAP;
    else put.x = standing.x + standing.width + ROW_GAP;
  }
  const origin = graph.origins.get(source.scope) ?? { x: 0, y: 0 };
  return {
    place: { kind: "way", state: source.path, how, at: { x: put.x - origin.x, y: put.y - origin.y } },
    edge: null,
    line: null,
    fills: null,
    pulled: { source: id, from, how, rect: put },
  };
}

function isOpenAt(graph: PlacedGraph, id: string, point: Point): boolean {
  const rect = graph.nodes.get(id)?.kind === "open" ? graph.rects.get(id) : undefined;
  return rect !== undefined && overlap(rect, { ...point, width: 0, height: 0 });
}

/** The line of a transition that is being drawn: out of the state first, then across. */
export function pulledLine(from: Point, to: Point, sideways: boolean): string {
  const [middleX, middleY] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  return sideways
    ? `M${from.x} ${from.y} H${middleX} V${to.y} H${to.x}`
    : `M${from.x} ${from.y} V${middleY} H${to.x} V${to.y}`;
}
