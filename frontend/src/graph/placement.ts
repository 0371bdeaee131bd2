import type { Layout, Note, Point } from "@/document/document.ts";
import type { GraphEdge, GraphNode } from "@/graph/derive.ts";
import { gapsAtCrossings, linesOf } from "@/graph/crossings.ts";
import { applyHand } from "@/graph/hand.ts";
import { placeLabels } from "@/graph/labels.ts";
import {
  BOX_BOTTOM,
  BOX_SIDE,
  BOX_TOP,
  CARD_HEIGHT,
  CARD_WIDTH,
  labelBox,
  LANE_GAP,
  MAP_FOOT,
  METRICS,
  plainSize,
  transposed,
  type Rect,
} from "@/graph/measures.ts";
import { openOfHand, type OpenEdge } from "@/graph/openPlaces.ts";
import { movedEdge } from "@/graph/pieces.ts";
import { layScope, type Way } from "@/graph/scopeLayout.ts";
import { plusOf } from "@/graph/ways.ts";

/** What the layout has to know of a node; a worker is sent no more. */
export type SkeletonNode = Pick<GraphNode, "id" | "kind" | "name" | "inner">;

export interface SkeletonScope {
  readonly id: string;
  readonly owner: string | null;
  readonly start: string | null;
  readonly nodes: readonly string[];
  readonly edges: readonly GraphEdge[];
}

export interface Skeleton {
  readonly nodes: ReadonlyMap<string, SkeletonNode>;
  readonly scopes: ReadonlyMap<string, SkeletonScope>;
}

export interface EdgePlace {
  readonly way: Way;
  readonly labelAt: Point | null;
  readonly plusAt: Point;
  readonly upright: boolean;
  readonly gaps: readonly Point[];
}

/** Where everything stands. What is inside a folded box stands nowhere. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly rects: ReadonlyMap<string, Rect>;
  readonly lanes: ReadonlyMap<string, Rect>;
  readonly origins: ReadonlyMap<string, Point>;
  readonly edges: ReadonlyMap<string, EdgePlace>;
  readonly folded: ReadonlySet<string>;
}

interface Laid {
  readonly width: number;
  readonly height: number;
  readonly rects: Map<string, Rect>;
  readonly lanes: Map<string, Rect>;
  readonly origins: Map<string, Point>;
  readonly edges: Map<string, EdgePlace>;
}

/** Places a whole graph: inner scopes first, as a box is as large as what it holds. */
export function place(graph: Skeleton, layout?: Layout): Placement {
  const folded = new Set((layout?.folded ?? []).filter((id) => (graph.nodes.get(id)?.inner.length ?? 0) > 0));
  const root = graph.scopes.get("");
  if (!root)
    return {
      width: 0,
      height: 0,
      rects: new Map(),
      lanes: new Map(),
      origins: new Map(),
      edges: new Map(),
      folded,
    };
  const laid = new Placing(graph, folded, layout?.positions ?? {}, layout?.direction ?? "down").scope(root);
  return { ...withNotes(laid, layout?.notes ?? []), folded };
}

class Placing {
  constructor(
    private readonly graph: Skeleton,
    private readonly folded: ReadonlySet<string>,
    private readonly positions: Readonly<Record<string, Point>>,
    private readonly direction: "down" | "right",
  ) {}

  scope(scope: SkeletonScope): Laid {
    const sizes = new Map<string, { width: number; height: number }>();
    const inner = new Map<string, { laid: Laid; at: Point; lane: string }[]>();
    for (const id of scope.nodes) {
      const node = this.graph.nodes.get(id);
      if (!node) continue;
      if (node.kind !== "parallel" && node.kind !== "map") sizes.set(id, plainSize(node));
      else if (this.folded.has(id)) sizes.set(id, { width: CARD_WIDTH, height: CARD_HEIGHT });
      else {
        const box = this.box(node);
        inner.set(id, box.parts);
        sizes.set(id, box);
      }
    }
    const open = openOfHand(scope, this.graph.nodes, this.positions);
    const { rects, ways } = this.automatic(withoutOpen(scope, open), sizes);
    const anchor = anchorOf(scope, rects, this.direction);
    applyHand(scope, rects, ways, this.positions, anchor, this.direction, open, sizes);
    const lines = linesOf(scope.edges, ways);
    const labels = placeLabels(scope.edges, ways, rects, lines);
    const bounds = boundsOf([
      ...rects.values(),
      ...[...ways.values()].flat().map(({ x, y }) => ({ x, y, width: 0, height: 0 })),
      ...scope.edges.flatMap((edge) => {
        const at = labels.get(edge.id);
        return at ? [labelBox(edge, at)] : [];
      }),
    ]);
    const shift = (point: Point): Point => ({
      x: Math.round((point.x - bounds.x) * 2) / 2,
      y: Math.round((point.y - bounds.y) * 2) / 2,
    });
    const result: Laid = {
      width: bounds.width,
      height: bounds.height,
      rects: new Map(),
      lanes: new Map(),
      origins: new Map([[scope.id, shift(anchor)]]),
      edges: new Map(),
    };
    for (const [id, rect] of rects) result.rects.set(id, { ...rect, ...shift(rect) });
    const gaps = gapsAtCrossings(lines);
    for (const edge of scope.edges) {
      const way = (ways.get(edge.id) ?? []).map(shift);
      const at = labels.get(edge.id);
      const labelAt = at ? shift(at) : null;
      result.edges.set(edge.id, {
        way,
        labelAt,
        gaps: (gaps.get(edge.id) ?? []).map(shift),
        ...plusOf(edge, way, labelAt, result.rects.get(edge.from), this.direction),
      });
    }
    for (const [id, parts] of inner) {
      const box = result.rects.get(id);
      if (box) for (const part of parts) this.putInside(result, box, part);
    }
    return result;
  }

  /** The size of an open box and what is in it: lanes side by side, or one above the other. */
  private box(node: SkeletonNode) {
    const parts: { laid: Laid; at: Point; lane: string }[] = [];
    const foot = BOX_BOTTOM + (node.kind === "map" ? MAP_FOOT : 0);
    let [x, y, width, height] = [BOX_SIDE, BOX_TOP, CARD_WIDTH, CARD_HEIGHT];
    for (const lane of node.inner) {
      const found = this.graph.scopes.get(lane);
      if (!found) continue;
      const laid = this.scope(found);
      parts.push({ laid, lane, at: { x, y } });
      if (this.direction === "down") x += laid.width + LANE_GAP;
      else y += Math.max(laid.height, CARD_HEIGHT) + LANE_GAP;
      width = Math.max(width, laid.width);
      height = Math.max(height, laid.height);
    }
    return this.direction === "down"
      ? {
          parts,
          width: parts.length ? x - LANE_GAP + BOX_SIDE : CARD_WIDTH + 2 * BOX_SIDE,
          height: BOX_TOP + height + foot,
        }
      : {
          parts,
          width: width + 2 * BOX_SIDE,
          height: (parts.length ? y - LANE_GAP : BOX_TOP + CARD_HEIGHT) + foot,
        };
  }

  private automatic(scope: SkeletonScope, sizes: ReadonlyMap<string, { width: number; height: number }>) {
    const metrics = METRICS[this.direction];
    if (this.direction === "down") return layScope(scope.nodes, scope.edges, sizes, metrics);
    const turned = new Map(
      [...sizes].map(([id, { width, height }]) => [id, { width: height, height: width }]),
    );
    const { rects, ways } = layScope(scope.nodes, scope.edges, turned, metrics);
    return {
      rects: new Map([...rects].map(([id, rect]) => [id, transposed(rect)])),
      ways: new Map<string, Way>([...ways].map(([id, way]) => [id, way.map(({ x, y }) => ({ x: y, y: x }))])),
    };
  }

  private putInside(result: Laid, box: Rect, { laid, at, lane }: { laid: Laid; at: Point; lane: string }) {
    const [x, y] = [box.x + at.x, box.y + at.y];
    const move = (point: Point): Point => ({ x: point.x + x, y: point.y + y });
    result.lanes.set(lane, {
      x,
      y,
      width: this.direction === "down" ? laid.width : box.width - 2 * BOX_SIDE,
      height: this.direction === "down" ? box.height - BOX_TOP - BOX_BOTTOM : laid.height,
    });
    for (const [key, rect] of laid.rects) result.rects.set(key, { ...rect, ...move(rect) });
    for (const [key, rect] of laid.lanes) result.lanes.set(key, { ...rect, ...move(rect) });
    for (const [key, origin] of laid.origins) result.origins.set(key, move(origin));
    for (const [key, edge] of laid.edges) result.edges.set(key, movedEdge(edge, move));
  }
}

/** A scope without places that the automatic layout has nothing to do with. */
function withoutOpen(scope: SkeletonScope, open: readonly OpenEdge[]): SkeletonScope {
  if (open.length === 0) return scope;
  const places = new Set<string | null>(open.map(({ to }) => to));
  return {
    ...scope,
    nodes: scope.nodes.filter((id) => !places.has(id)),
    edges: scope.edges.filter(({ to }) => !places.has(to)),
  };
}

/** What places set by hand are counted from: where the scope begins, as that stays while the rest grows. */
function anchorOf(
  scope: SkeletonScope,
  rects: ReadonlyMap<string, Rect>,
  direction: "down" | "right",
): Point {
  const first = (scope.owner === null ? scope.nodes[0] : scope.start) ?? scope.nodes[0];
  const rect = first === undefined ? undefined : rects.get(first);
  if (!rect) return { x: 0, y: 0 };
  return direction === "down"
    ? { x: rect.x + rect.width / 2, y: rect.y }
    : { x: rect.x, y: rect.y + rect.height / 2 };
}

function boundsOf(rects: readonly Rect[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of rects) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left === Infinity
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The graph moved so that its notes lie inside it as well. */
function withNotes(laid: Laid, notes: readonly Note[]): Laid {
  if (notes.length === 0) return laid;
  const root = laid.origins.get("") ?? { x: 0, y: 0 };
  const bounds = boundsOf([
    { x: 0, y: 0, width: laid.width, height: laid.height },
    ...notes.map(({ x, y, width, height }) => ({ x: x + root.x, y: y + root.y, width, height })),
  ]);
  const { width, height } = bounds;
  if (bounds.x === 0 && bounds.y === 0) return { ...laid, width, height };
  const moved = <T extends Point>(point: T): T => ({
    ...point,
    x: point.x - bounds.x,
    y: point.y - bounds.y,
  });
  const all = <T extends Point>(map: Map<string, T>) =>
    new Map([...map].map(([id, each]) => [id, moved(each)]));
  return {
    width,
    height,
    rects: all(laid.rects),
    lanes: all(laid.lanes),
    origins: all(laid.origins),
    edges: new Map([...laid.edges].map(([id, edge]) => [id, movedEdge(edge, moved)])),
  };
}
