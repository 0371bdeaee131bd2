import type { Point } from "@/document/document.ts";
import type { Place } from "@/document/places.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import type { PlacedEdge, PlacedGraph } from "@/graph/layout.ts";
import { lookupOf } from "@/graph/lookup.ts";
import { CARD_HEIGHT, CARD_WIDTH, overlap, type Rect } from "@/graph/measures.ts";

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

const NONE: ReadonlySet<string> = new Set();

/** Where a drop at this point of the canvas lands: on an edge, in an empty branch, or free. `without` is being dragged itself. */
export function landingAt(
  graph: PlacedGraph,
  point: Point,
  without: ReadonlySet<string> = NONE,
): Landing | null {
  const scopeId = scopeAt(graph, point, without);
  const scope = graph.scopes.get(scopeId);
  if (!scope) return null;
  const empty = scope.nodes.find((id) => graph.nodes.get(id)?.kind === "empty");
  if (empty !== undefined)
    return { place: { kind: "start", scope: scope.path }, edge: null, line: null, fills: empty };

  const first =
    scope.owner !== null && scope.start !== null && !without.has(scope.start)
      ? graph.rects.get(scope.start)
      : undefined;
  const down = graph.direction === "down";
  const entry = first && {
    x: down ? first.x + first.width / 2 : first.x - 9,
    y: down ? first.y - 9 : first.y + first.height / 2,
  };
  const before = entry ? distance(point, entry) : Infinity;
  const reach = scope.owner === null ? REACH : Infinity;
  const { edgesIn, around } = lookupOf(graph);
  let best: { edge: PlacedEdge; distance: number } | null = null;
  for (const edge of edgesIn.get(scopeId) ?? []) {
    const box = around.get(edge);
    if (reach < Infinity && box && !overlap(box, aroundPoint(point))) continue;
    if (without.has(edge.from) || (edge.to !== null && without.has(edge.to))) continue;
    const far = distanceTo(edge, point);
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
    const place = placeOfEdge(graph, best.edge);
    if (place) {
      const { plusAt, upright } = best.edge;
      return {
        place,
        edge: best.edge.id,
        line: { ...plusAt, length: upright ? CARD_WIDTH : CARD_HEIGHT, level: upright },
        fills: null,
      };
    }
  }
  return { place: { kind: "free", scope: scope.path, at: point }, edge: null, line: null, fills: null };
}

/** What is further away than this cannot be within reach; sideways is further than up and down. */
function aroundPoint({ x, y }: Point): Rect {
  return { x: x - 3 * REACH, y: y - REACH, width: 6 * REACH, height: 2 * REACH };
}

/** The innermost scope whose box is under the point. */
function scopeAt(graph: PlacedGraph, point: Point, without: ReadonlySet<string>): string {
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
