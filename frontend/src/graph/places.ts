import type { Point } from "@/document/document.ts";
import type { Place } from "@/document/places.ts";
import type { GraphEdge, GraphNode } from "@/graph/derive.ts";
import type { PlacedEdge, PlacedGraph } from "@/graph/layout.ts";
import { lookupOf } from "@/graph/lookup.ts";
import { CARD_HEIGHT, CARD_WIDTH, contains, overlap, type Rect } from "@/graph/measures.ts";
import { piecesOf, type Piece } from "@/graph/pieces.ts";
import type { Pulled } from "@/graph/pulled.ts";

/** Where something that is dragged would land, and the line that shows it. */
export interface Landing {
  readonly place: Place;
  /** The edge it lands on, if any. */
  readonly edge: string | null;
  readonly line: {
    readonly x: number;
    readonly y: number;
    readonly length: number;
    readonly level: boolean;
  } | null;
  /** The free place that it fills, if any. */
  readonly fills: string | null;
  /** The transition that was let go there, where one is. */
  readonly pulled?: Pulled;
}

/** The place in the definition that an edge stands for. */
export function placeOfEdge(graph: PlacedGraph, edge: GraphEdge): Place | null {
  if (edge.kind === "start") return { kind: "start", scope: graph.scopes.get(edge.scope)?.path ?? [] };
  const source = graph.nodes.get(edge.from);
  if (!source?.state) return null;
  return edge.kind === "end"
    ? { kind: "end", state: source.path }
    : { kind: "transition", state: source.path, fields: edge.fields };
}

/** What fills a free place: the first state of an empty branch, or the target of an open transition. */
export function fillingOf(graph: PlacedGraph, node: GraphNode): Landing {
  const [edge] = node.kind === "open" ? (lookupOf(graph).edgesOf.get(node.id) ?? []) : [];
  const place = edge && placeOfEdge(graph, edge);
  return {
    place: place ?? { kind: "start", scope: node.path },
    edge: null,
    line: null,
    fills: node.id,
  };
}

/** How near to a transition a new state lands on it. */
const REACH = 52;
/** A state that stands somewhere is meant to go on a transition only where the pointer is on it. */
export const CLOSE = 24;

const NONE: ReadonlySet<string> = new Set();

/** What is dragged itself, and the scope it comes from. */
export interface Carried {
  readonly ids: ReadonlySet<string>;
  readonly from: string;
}

/** Where a drop at this point of the canvas lands: on an edge, in a free place, or free. */
export function landingAt(graph: PlacedGraph, point: Point, carried: Carried | null = null): Landing | null {
  const without = carried?.ids ?? NONE;
  const scopeId = scopeAt(graph, point, without);
  const scope = graph.scopes.get(scopeId);
  if (!scope) return null;
  const filled = scope.nodes.find((id) => isFilledAt(graph, id, point, without));
  const place = filled === undefined ? undefined : graph.nodes.get(filled);
  if (place) return fillingOf(graph, place);

  const first =
    scope.owner !== null && scope.start !== null && !without.has(scope.start)
      ? graph.rects.get(scope.start)
      : undefined;
  const down = graph.direction === "down";
  const entry = first && {
    x: down ? first.x + first.width / 2 : first.x - 9,
    y: down ? first.y - 9 : first.y + first.height / 2,
  };
  // Within its own scope a state may stand anywhere; brought to another, it lands where it is nearest to.
  const near = carried?.from === scopeId;
  const reach = near ? CLOSE : scope.owner === null ? REACH : Infinity;
  const apart = near ? straight : distance;
  const before = entry ? apart(point, entry) : Infinity;
  const { edgesIn, around } = lookupOf(graph);
  let best: { edge: PlacedEdge; distance: number } | null = null;
  for (const edge of edgesIn.get(scopeId) ?? []) {
    const box = around.get(edge);
    if (reach < Infinity && box && !overlap(box, aroundPoint(point))) continue;
    if (without.has(edge.from) || (edge.to !== null && without.has(edge.to))) continue;
    const far = distanceTo(edge, point, near);
    if (!best || far < best.distance) best = { edge, distance: far };
  }
  if (entry && before < (best?.distance ?? Infinity) && before <= reach)
    return {
      place: { kind: "start", scope: scope.path },
      edge: null,
      line: { ...entry, length: down ? CARD_WIDTH : CARD_HEIGHT, level: down },
      fills: null,
    };
  if (best && best.distance <= reach) {
    const found = placeOfEdge(graph, best.edge);
    if (found) return { place: found, edge: best.edge.id, line: lineOn(best.edge, point), fills: null };
  }
  return { place: { kind: "free", scope: scope.path, at: point }, edge: null, line: null, fills: null };
}

/** Whether what is let go at a point fills a free place: that of an empty branch from anywhere in it. */
function isFilledAt(graph: PlacedGraph, id: string, point: Point, without: ReadonlySet<string>): boolean {
  const kind = graph.nodes.get(id)?.kind;
  if (kind === "empty") return true;
  const rect = kind === "open" ? graph.rects.get(id) : undefined;
  if (!rect || (lookupOf(graph).edgesOf.get(id) ?? []).some(({ from }) => without.has(from))) return false;
  return overlap(rect, { ...point, width: 0, height: 0 }, CLOSE);
}

/** The line across an edge: where the pointer is on it, else at its "+". */
function lineOn({ way, plusAt, upright }: PlacedEdge, point: Point): Landing["line"] {
  // The line lies across the piece that it marks.
  const pieces = piecesOf(way).map((piece) => ({ on: nearestOn(piece, point), level: !piece.level }));
  pieces.sort((one, other) => straight(one.on, point) - straight(other.on, point));
  const [near] = pieces;
  if (!near || straight(near.on, point) > CLOSE || straight(near.on, plusAt) < CLOSE)
    return { ...plusAt, length: upright ? CARD_WIDTH : CARD_HEIGHT, level: upright };
  return { ...near.on, length: near.level ? CARD_WIDTH : CARD_HEIGHT, level: near.level };
}

/** What is further away than this cannot be within reach; sideways is further than up and down. */
function aroundPoint({ x, y }: Point): Rect {
  return { x: x - 3 * REACH, y: y - REACH, width: 6 * REACH, height: 2 * REACH };
}

/** The innermost scope whose box is under the point. */
export function scopeAt(graph: PlacedGraph, point: Point, without: ReadonlySet<string> = NONE): string {
  const { boxesIn } = lookupOf(graph);
  let scope = "";
  for (;;) {
    const inside: string | undefined = (boxesIn.get(scope) ?? []).flatMap((node) => {
      const rect = graph.rects.get(node.id);
      return rect && !without.has(node.id) && contains(rect, point)
        ? nearestLane(graph, node.inner, point)
        : [];
    })[0];
    if (inside === undefined) return scope;
    scope = inside;
  }
}

function nearestLane(graph: PlacedGraph, lanes: readonly string[], point: Point): string[] {
  const apart = (id: string) => {
    const lane = graph.lanes.get(id);
    if (!lane) return Infinity;
    return graph.direction === "down"
      ? Math.max(lane.x - point.x, point.x - lane.x - lane.width, 0)
      : Math.max(lane.y - point.y, point.y - lane.y - lane.height, 0);
  };
  return [...lanes].sort((one, other) => apart(one) - apart(other)).slice(0, 1);
}

function distance(one: Point, other: Point): number {
  // Sideways counts less: a card is wide, and whoever drags it holds it anywhere.
  return Math.hypot((one.x - other.x) * 0.35, one.y - other.y);
}

function straight(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** How far a point is from an edge; `true` measures straight, else the way to its "+" counts less. */
function distanceTo(edge: PlacedEdge, point: Point, near: boolean): number {
  let least = near ? straight(edge.plusAt, point) : distance(edge.plusAt, point);
  for (const piece of piecesOf(edge.way))
    least = Math.min(least, straight(nearestOn(piece, point), point) * (near ? 1 : 1.5));
  return least;
}

/** The point of a level or upright piece that is nearest to another. */
function nearestOn({ start, end }: Piece, point: Point): Point {
  return {
    x: Math.max(Math.min(start.x, end.x), Math.min(point.x, Math.max(start.x, end.x))),
    y: Math.max(Math.min(start.y, end.y), Math.min(point.y, Math.max(start.y, end.y))),
  };
}

export type ArrowKey = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

const TURNED: Readonly<Record<ArrowKey, ArrowKey>> = {
  ArrowUp: "ArrowLeft",
  ArrowLeft: "ArrowUp",
  ArrowDown: "ArrowRight",
  ArrowRight: "ArrowDown",
};

/** The node that an arrow key leads to from another: along transitions, or to the neighbour at the side. */
export function walk(graph: PlacedGraph, from: string, pressed: ArrowKey): string | null {
  const here = graph.rects.get(from);
  const node = graph.nodes.get(from);
  if (!here || !node) return null;
  // In a graph that runs to the right, right leads on and down leads to the side.
  const down = graph.direction === "down";
  const key = down ? pressed : TURNED[pressed];
  const centre = (id: string) => {
    const rect = graph.rects.get(id);
    if (!rect) return { x: 0, y: 0 };
    const [x, y] = [rect.x + rect.width / 2, rect.y + Math.min(34, rect.height / 2)];
    return down ? { x, y } : { x: y, y: x };
  };
  const at = centre(from);
  const known = (id: string | null): id is string =>
    id !== null && graph.rects.has(id) && graph.nodes.get(id)?.state != null;
  if (key === "ArrowDown") {
    const inside = node.inner.map((id) => graph.scopes.get(id)?.start ?? null).find(known);
    const next = (lookupOf(graph).edgesOf.get(from) ?? [])
      .filter((edge) => edge.from === from)
      .map((edge) => edge.to)
      .filter(known);
    return (
      next.sort((one, other) => Math.abs(centre(one).x - at.x) - Math.abs(centre(other).x - at.x))[0] ??
      inside ??
      null
    );
  }
  if (key === "ArrowUp") {
    const before = (lookupOf(graph).edgesOf.get(from) ?? [])
      .filter((edge) => edge.to === from)
      .map((edge) => edge.from)
      .filter(known);
    const owner = graph.scopes.get(node.scope)?.owner ?? null;
    return (
      before.sort((one, other) => Math.abs(centre(one).y - at.y) - Math.abs(centre(other).y - at.y))[0] ??
      owner
    );
  }
  const sign = key === "ArrowRight" ? 1 : -1;
  if (key === "ArrowRight" && node.inner.length > 0) {
    const inside = node.inner.map((id) => graph.scopes.get(id)?.start ?? null).find(known);
    if (inside !== undefined) return inside;
  }
  const beside = [...graph.nodes.values()]
    .filter(
      (other) =>
        other.state &&
        other.id !== from &&
        graph.rects.has(other.id) &&
        (centre(other.id).x - at.x) * sign > 20 &&
        (other.inner.length === 0 || graph.folded.has(other.id)),
    )
    .map((other) => ({
      id: other.id,
      far: Math.abs(centre(other.id).x - at.x) + 3 * Math.abs(centre(other.id).y - at.y),
    }))
    .sort((one, other) => one.far - other.far);
  return beside[0]?.id ?? null;
}
