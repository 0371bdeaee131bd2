import type { Point } from "@/document/document.ts";
import type { Place } from "@/document/places.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import type { PlacedEdge, PlacedGraph } from "@/graph/layout.ts";
import { CARD_WIDTH, type Rect } from "@/graph/measures.ts";

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

const REACH = 52;

/** Where a drop at this point of the canvas lands: on an edge, in an empty branch, or free. `without` is being dragged itself. */
export function landingAt(graph: PlacedGraph, point: Point, without: string | null = null): Landing | null {
  const scopeId = scopeAt(graph, point, without);
  const scope = graph.scopes.get(scopeId);
  if (!scope) return null;
  const empty = scope.nodes.find((id) => graph.nodes.get(id)?.kind === "empty");
  if (empty !== undefined)
    return { place: { kind: "start", scope: scope.path }, edge: null, line: null, fills: empty };

  const candidates = graph.edges
    .filter(
      (edge) =>
        edge.scope === scopeId && (without === null || (edge.from !== without && edge.to !== without)),
    )
    .map((edge) => ({ edge, distance: distanceTo(edge, point) }));
  const first =
    scope.owner !== null && scope.start !== null && scope.start !== without
      ? graph.rects.get(scope.start)
      : undefined;
  const before = first ? distance(point, { x: first.x + first.width / 2, y: first.y - 8 }) : Infinity;
  const best = candidates.reduce<{ edge: PlacedEdge; distance: number } | null>(
    (least, each) => (least && least.distance <= each.distance ? least : each),
    null,
  );
  const reach = scope.owner === null ? REACH : Infinity;
  if (first && before < (best?.distance ?? Infinity) && before <= reach)
    return {
      place: { kind: "start", scope: scope.path },
      edge: null,
      line: { x: first.x + first.width / 2, y: first.y - 9, length: CARD_WIDTH, level: true },
      fills: null,
    };
  if (best && best.distance <= reach) {
    const place = placeOfEdge(graph, best.edge);
    if (place) {
      const { plusAt, upright } = best.edge;
      return {
        place,
        edge: best.edge.id,
        line: { ...plusAt, length: upright ? CARD_WIDTH : 68, level: upright },
        fills: null,
      };
    }
  }
  return { place: { kind: "free", scope: scope.path, at: point }, edge: null, line: null, fills: null };
}

/** The innermost scope whose box is under the point. */
function scopeAt(graph: PlacedGraph, point: Point, without: string | null): string {
  let scope = "";
  for (;;) {
    const inside: string | undefined = graph.scopes
      .get(scope)
      ?.nodes.filter((id) => id !== without)
      .flatMap((id) => {
        const node = graph.nodes.get(id);
        const rect = graph.rects.get(id);
        if (!node || !rect || node.inner.length === 0 || !contains(rect, point)) return [];
        return nearestLane(graph, node.inner, point);
      })[0];
    if (inside === undefined) return scope;
    scope = inside;
  }
}

function nearestLane(graph: PlacedGraph, lanes: readonly string[], point: Point): string[] {
  const apart = (id: string) => {
    const lane = graph.lanes.get(id);
    return lane ? Math.max(lane.x - point.x, point.x - lane.x - lane.width, 0) : Infinity;
  };
  return [...lanes].sort((one, other) => apart(one) - apart(other)).slice(0, 1);
}

function contains(rect: Rect, point: Point): boolean {
  return (
    point.x >= rect.x &&
    point.x <= rect.x + rect.width &&
    point.y >= rect.y &&
    point.y <= rect.y + rect.height
  );
}

function distance(one: Point, other: Point): number {
  // Sideways counts less: a card is wide, and whoever drags it holds it anywhere.
  return Math.hypot((one.x - other.x) * 0.35, one.y - other.y);
}

function distanceTo(edge: PlacedEdge, point: Point): number {
  let least = distance(edge.plusAt, point);
  for (let at = 1; at < edge.way.length; at++) {
    const [from, to] = [edge.way[at - 1], edge.way[at]];
    if (!from || !to) continue;
    const x = Math.max(Math.min(from.x, to.x), Math.min(point.x, Math.max(from.x, to.x)));
    const y = Math.max(Math.min(from.y, to.y), Math.min(point.y, Math.max(from.y, to.y)));
    least = Math.min(least, Math.hypot(point.x - x, point.y - y) * 1.5);
  }
  return least;
}

/** The node that an arrow key leads to from another: along transitions, or to the neighbour at the side. */
export function walk(
  graph: PlacedGraph,
  from: string,
  key: "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight",
): string | null {
  const here = graph.rects.get(from);
  const node = graph.nodes.get(from);
  if (!here || !node) return null;
  const centre = (id: string) => {
    const rect = graph.rects.get(id);
    return rect ? { x: rect.x + rect.width / 2, y: rect.y + Math.min(34, rect.height / 2) } : { x: 0, y: 0 };
  };
  const at = centre(from);
  const known = (id: string | null): id is string => id !== null && graph.nodes.get(id)?.state != null;
  if (key === "ArrowDown") {
    const inside = node.inner.map((id) => graph.scopes.get(id)?.start ?? null).find(known);
    const next = graph.edges
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
    const before = graph.edges
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
        (centre(other.id).x - at.x) * sign > 20 &&
        other.inner.length === 0,
    )
    .map((other) => ({
      id: other.id,
      far: Math.abs(centre(other.id).x - at.x) + 3 * Math.abs(centre(other.id).y - at.y),
    }))
    .sort((one, other) => one.far - other.far);
  return beside[0]?.id ?? null;
}
