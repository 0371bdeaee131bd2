import type { Layout, Point } from "@/document/document.ts";
import { wayAround } from "@/graph/around.ts";
import { type Graph, type GraphEdge, type ScopeGraph } from "@/graph/derive.ts";
import { placeLabels } from "@/graph/labels.ts";
import {
  BOX_BOTTOM,
  BOX_SIDE,
  BOX_TOP,
  CARD_HEIGHT,
  CARD_WIDTH,
  COLUMN_GAP,
  labelWidth,
  LABEL_HEIGHT,
  LANE_GAP,
  MAP_FOOT,
  overlap,
  plainSize,
  ROW_GAP,
  SIDE_PORT,
  type Rect,
} from "@/graph/measures.ts";
import { layScope, type Way } from "@/graph/scopeLayout.ts";

export interface PlacedEdge extends GraphEdge {
  /** Corners from the source to the tip; empty for an end inside a box, which has no line. */
  readonly way: Way;
  /** Centre of the label. */
  readonly labelAt: Point | null;
  /** Where the "+" stands, and which way the line runs there. */
  readonly plusAt: Point;
  readonly upright: boolean;
}

/** Everything on the canvas with its place, in pixels from the upper left of the graph. */
export interface PlacedGraph extends Graph {
  readonly width: number;
  readonly height: number;
  readonly rects: ReadonlyMap<string, Rect>;
  readonly edges: readonly PlacedEdge[];
  /** For each box the areas of its lanes, by scope id. */
  readonly lanes: ReadonlyMap<string, Rect>;
}

interface Laid {
  readonly width: number;
  readonly height: number;
  readonly rects: Map<string, Rect>;
  readonly lanes: Map<string, Rect>;
  readonly edges: PlacedEdge[];
}

/** Places a whole graph: inner scopes first, as a box is as large as what it holds. */
export function placeGraph(graph: Graph, layout?: Layout): PlacedGraph {
  const positions = layout?.positions ?? {};
  const root = graph.scopes.get("");
  const laid: Laid = root
    ? placeScope(graph, root, positions)
    : { width: 0, height: 0, rects: new Map(), lanes: new Map(), edges: [] };
  return { ...graph, ...laid };
}

function placeScope(graph: Graph, scope: ScopeGraph, positions: Readonly<Record<string, Point>>): Laid {
  const sizes = new Map<string, { width: number; height: number }>();
  const inner = new Map<string, { laid: Laid; at: Point; lane: string }[]>();
  for (const id of scope.nodes) {
    const node = graph.nodes.get(id);
    if (!node) continue;
    if (node.kind !== "parallel" && node.kind !== "map") {
      sizes.set(id, plainSize(node));
      continue;
    }
    let x = BOX_SIDE;
    let height = CARD_HEIGHT;
    const parts: { laid: Laid; at: Point; lane: string }[] = [];
    for (const lane of node.inner) {
      const found = graph.scopes.get(lane);
      if (!found) continue;
      const laid = placeScope(graph, found, positions);
      parts.push({ laid, lane, at: { x, y: BOX_TOP } });
      x += laid.width + LANE_GAP;
      height = Math.max(height, laid.height);
    }
    inner.set(id, parts);
    const width = parts.length ? x - LANE_GAP + BOX_SIDE : CARD_WIDTH + 2 * BOX_SIDE;
    sizes.set(id, { width, height: BOX_TOP + height + BOX_BOTTOM + (node.kind === "map" ? MAP_FOOT : 0) });
  }

  const { rects, ways } = layScope(scope.nodes, scope.edges, sizes);
  applyHand(scope, rects, ways, positions);
  const labels = placeLabels(scope.edges, ways, rects);

  const minX = Math.min(
    ...[...rects.values()].map((rect) => rect.x),
    ...[...ways.values()].flat().map((point) => point.x),
    ...labelBoxes(scope.edges, labels).map((box) => box.x),
  );
  const minY = Math.min(
    ...[...rects.values()].map((rect) => rect.y),
    ...[...ways.values()].flat().map((point) => point.y),
  );
  const dx = Number.isFinite(minX) ? -minX : 0;
  const dy = Number.isFinite(minY) ? -minY : 0;
  const shift = (point: Point): Point => ({
    x: Math.round((point.x + dx) * 2) / 2,
    y: Math.round((point.y + dy) * 2) / 2,
  });

  const result: Laid = { width: 0, height: 0, rects: new Map(), lanes: new Map(), edges: [] };
  for (const [id, rect] of rects) result.rects.set(id, { ...rect, ...shift(rect) });
  for (const edge of scope.edges) {
    const way = (ways.get(edge.id) ?? []).map(shift);
    const labelAt = labels.get(edge.id);
    const placed = labelAt ? shift(labelAt) : null;
    result.edges.push({
      ...edge,
      way,
      labelAt: placed,
      ...plusOf(edge, way, placed, result.rects.get(edge.from)),
    });
  }
  let width = 0;
  let height = 0;
  for (const rect of [
    ...result.rects.values(),
    ...labelBoxes(
      scope.edges,
      new Map(result.edges.flatMap((edge) => (edge.labelAt ? [[edge.id, edge.labelAt]] : []))),
    ),
  ]) {
    width = Math.max(width, rect.x + rect.width);
    height = Math.max(height, rect.y + rect.height);
  }
  for (const point of result.edges.flatMap((edge) => edge.way)) {
    width = Math.max(width, point.x);
    height = Math.max(height, point.y);
  }
  for (const [id, parts] of inner) {
    const box = result.rects.get(id);
    if (!box) continue;
    for (const { laid, at, lane } of parts) {
      const [x, y] = [box.x + at.x, box.y + at.y];
      result.lanes.set(lane, { x, y, width: laid.width, height: box.height - BOX_TOP - BOX_BOTTOM });
      for (const [key, rect] of laid.rects) result.rects.set(key, { ...rect, x: rect.x + x, y: rect.y + y });
      for (const [key, rect] of laid.lanes) result.lanes.set(key, { ...rect, x: rect.x + x, y: rect.y + y });
      const move = (point: Point): Point => ({ x: point.x + x, y: point.y + y });
      for (const edge of laid.edges)
        result.edges.push({
          ...edge,
          way: edge.way.map(move),
          labelAt: edge.labelAt && move(edge.labelAt),
          plusAt: move(edge.plusAt),
        });
    }
  }
  return { ...result, width, height };
}

function labelBoxes(edges: readonly GraphEdge[], labels: ReadonlyMap<string, Point>): Rect[] {
  return edges.flatMap((edge) => {
    const at = labels.get(edge.id);
    const width = labelWidth(edge);
    return at ? [{ x: at.x - width / 2, y: at.y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT }] : [];
  });
}

/** Puts nodes where a hand put them; neighbours without a place of their own come along, overlaps are pushed down. */
function applyHand(
  scope: ScopeGraph,
  rects: Map<string, Rect>,
  ways: Map<string, Way>,
  positions: Readonly<Record<string, Point>>,
): void {
  const hand = scope.nodes.filter((id) => positions[id] !== undefined && rects.has(id));
  if (hand.length === 0) return;
  const changed = new Set<string>();
  for (const id of hand) {
    const rect = rects.get(id);
    const at = positions[id];
    if (!rect || !at || (rect.x === at.x && rect.y === at.y)) continue;
    rects.set(id, { ...rect, x: at.x, y: at.y });
    changed.add(id);
  }
  const order = [...rects.keys()].sort(
    (one, other) =>
      (rects.get(one)?.y ?? 0) - (rects.get(other)?.y ?? 0) ||
      Number(hand.includes(other)) - Number(hand.includes(one)),
  );
  const settled: Rect[] = [];
  for (const id of order) {
    let rect = rects.get(id);
    if (!rect) continue;
    for (let guard = 0; guard < order.length; guard++) {
      const current: Rect = rect;
      const hit = settled.find((other) => overlap(current, other, 12));
      if (!hit) break;
      rect = { ...current, y: hit.y + hit.height + ROW_GAP };
      changed.add(id);
    }
    rects.set(id, rect);
    settled.push(rect);
  }
  const moved = [...changed].flatMap((id) => rects.get(id) ?? []);
  for (const edge of scope.edges) {
    if (edge.to === null) continue;
    const way = ways.get(edge.id) ?? [];
    const touched =
      changed.has(edge.from) || changed.has(edge.to) || moved.some((rect) => crosses(way, rect));
    if (touched) ways.set(edge.id, freeWay(edge, rects));
  }
}

/** The way of an edge between two rectangles that stand anywhere, clear of all others. */
export function freeWay(
  edge: Pick<GraphEdge, "from" | "to" | "kind">,
  rects: ReadonlyMap<string, Rect>,
): Point[] {
  const from = rects.get(edge.from);
  const to = edge.to === null ? undefined : rects.get(edge.to);
  if (!from || !to) return [];
  const obstacles = [...rects.values()];
  const side = edge.kind === "catch";
  const start = side
    ? { x: from.x + from.width, y: from.y + Math.min(SIDE_PORT, from.height / 2) }
    : { x: from.x + from.width / 2, y: from.y + from.height };
  const stub = side ? { x: start.x + 14, y: start.y } : { x: start.x, y: start.y + 14 };
  const besides =
    to.x > from.x + from.width + COLUMN_GAP / 2 && to.y <= start.y && start.y < to.y + to.height;
  const tip =
    side && besides
      ? { x: to.x, y: to.y + Math.min(SIDE_PORT, to.height / 2) }
      : { x: to.x + to.width / 2, y: to.y };
  return [start, ...wayAround(stub, tip, obstacles, side && besides ? "left" : "top")];
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
function plusOf(
  edge: GraphEdge,
  way: Way,
  label: Point | null,
  from: Rect | undefined,
): { plusAt: Point; upright: boolean } {
  if (way.length < 2)
    return {
      plusAt: { x: (from?.x ?? 0) + (from?.width ?? 0) / 2, y: (from?.y ?? 0) + (from?.height ?? 0) + 10 },
      upright: true,
    };
  const pieces = way.slice(1).map((end, index) => {
    const start = way[index] as Point;
    return {
      start,
      end,
      length: Math.abs(end.x - start.x) + Math.abs(end.y - start.y),
      upright: Math.abs(end.x - start.x) < 1,
    };
  });
  const half = labelWidth(edge) / 2 + 12;
  for (const share of [0.5, 0.25, 0.75]) {
    for (const piece of [...pieces].sort((one, other) => other.length - one.length)) {
      const at = {
        x: piece.start.x + (piece.end.x - piece.start.x) * share,
        y: piece.start.y + (piece.end.y - piece.start.y) * share,
      };
      if (piece.length >= 24 && (!label || Math.abs(at.x - label.x) > half || Math.abs(at.y - label.y) > 20))
        return { plusAt: at, upright: piece.upright };
    }
  }
  const [first] = pieces;
  const start = first?.start ?? { x: 0, y: 0 };
  const end = first?.end ?? start;
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return { plusAt: label ? { x: label.x + half, y: label.y } : middle, upright: first?.upright ?? true };
}
