import { edgeKey, type EdgeStatus, type Overlay } from "@/canvas/overlay.ts";
import type { Point } from "@/document/document.ts";
import { freeWay, type PlacedEdge, type PlacedGraph } from "@/graph/layout.ts";
import { lookupOf } from "@/graph/lookup.ts";
import { contains, overlap, type Rect } from "@/graph/measures.ts";
import { movedEdge } from "@/graph/pieces.ts";
import { straightened, type Way } from "@/graph/scopeLayout.ts";

/** A transition as it is drawn. */
export interface ShownEdge {
  readonly edge: PlacedEdge;
  /** The way of the edge, of a long one what is in view. */
  readonly way: Way;
  readonly status: EdgeStatus | null;
  readonly names: { readonly from: string; readonly to: string };
  readonly held: boolean;
}

interface Shown {
  readonly graph: PlacedGraph;
  readonly overlay: Overlay | null;
  readonly drag: ReadonlyMap<string, Point>;
  readonly view: Rect;
  readonly selectedEdge: string | null;
}

/** The edges in view. What did not change keeps its identity, so that it is not drawn again. */
export class DrawnEdges {
  private before: ReadonlyMap<string, ShownEdge> = new Map();
  private near: readonly PlacedEdge[] = [];
  private graph: PlacedGraph | null = null;
  private view: Rect | null = null;

  next(shown: Shown): ShownEdge[] {
    const { graph, drag, view } = shown;
    const { edgesOf, around } = lookupOf(graph);
    // Carrying something asks for the same again and again: only what hangs on it is looked at anew.
    if (this.graph !== graph || this.view !== view) {
      this.graph = graph;
      this.view = view;
      this.near = inView(graph, view, around);
    }
    const touched = new Set([...drag.keys()].flatMap((id) => edgesOf.get(id) ?? []));
    const rects = touched.size > 0 ? draggedRects(graph, drag, touched) : null;
    const edges = this.near.flatMap((edge) => (touched.has(edge) ? [] : [this.edge(shown, edge)]));
    if (rects) for (const edge of touched) edges.push(this.edge(shown, away(graph, edge, drag, rects)));
    this.before = new Map(edges.map((each) => [each.edge.id, each]));
    return edges;
  }

  private edge({ graph, overlay, selectedEdge, view }: Shown, edge: PlacedEdge): ShownEdge {
    const to = edge.to === null ? null : graph.nodes.get(edge.to);
    const key = edgeKey(edge.from, edge.kind === "end" ? null : (to?.id ?? null), edge.kind);
    const status: EdgeStatus | null = !overlay
      ? null
      : edge.kind === "start"
        ? "taken"
        : (overlay.edges.get(key) ?? null);
    const held = selectedEdge === edge.id;
    const old = this.before.get(edge.id);
    const way = clipped(edge.way, view);
    if (
      old &&
      old.status === status &&
      old.held === held &&
      sameEdge(old.edge, edge) &&
      sameWay(old.way, way)
    )
      return old;
    return {
      edge,
      way,
      status,
      held,
      names: { from: graph.nodes.get(edge.from)?.name ?? "", to: to?.name ?? "End" },
    };
  }
}

/**
 * The edges in view. Of those that only pass through, in one and the same passage, one is drawn: a thousand
 * Catchers with one handler would be a thousand lines on top of each other.
 */
function inView(
  graph: PlacedGraph,
  view: Rect,
  around: ReadonlyMap<PlacedEdge, Rect>,
): readonly PlacedEdge[] {
  const passing = new Map<string, number>();
  return graph.edges.filter((edge) => {
    if (!overlap(around.get(edge) ?? view, view)) return false;
    const [from, to] = [graph.rects.get(edge.from), edge.to === null ? null : graph.rects.get(edge.to)];
    const ends = [from, to].some((rect) => rect && overlap(rect, view));
    const words = [edge.plusAt, edge.labelAt].some((at) => at && contains(view, at));
    if (ends || words) return true;
    const key = `${edge.kind === "catch"}${piecesIn(edge, view)}`;
    const count = passing.get(key) ?? 0;
    passing.set(key, count + 1);
    return count < MOST_IN_PASSAGE;
  });
}

/** Enough that those of one passage that an execution took are seldom hidden by those it did not take. */
const MOST_IN_PASSAGE = 3;

/** Where a way runs through the view, as a word that is the same for the same lines. */
function piecesIn({ way }: PlacedEdge, view: Rect): string {
  let pieces = "";
  for (let at = 1; at < way.length; at++) {
    const [start, end] = [way[at - 1], way[at]];
    if (!start || !end) continue;
    const left = Math.max(view.x, Math.min(start.x, end.x));
    const right = Math.min(view.x + view.width, Math.max(start.x, end.x));
    const top = Math.max(view.y, Math.min(start.y, end.y));
    const bottom = Math.min(view.y + view.height, Math.max(start.y, end.y));
    if (left <= right && top <= bottom) pieces += `:${left},${top},${right},${bottom}`;
  }
  return pieces;
}

/** The edge while one of its ends is dragged. */
function away(
  graph: PlacedGraph,
  edge: PlacedEdge,
  drag: ReadonlyMap<string, Point>,
  rects: ReadonlyMap<string, Rect>,
): PlacedEdge {
  const [from, to] = [drag.get(edge.from), edge.to === null ? undefined : drag.get(edge.to)];
  // Inside something that is dragged as a whole the edge just comes along.
  if (from && (edge.to === null || (to && to.x === from.x && to.y === from.y))) {
    return movedEdge(edge, (point) => ({ x: point.x + from.x, y: point.y + from.y }));
  }
  const ends = new Map([...rects].filter(([id]) => id === edge.from || id === edge.to));
  return { ...edge, way: freeWay(edge, ends, graph.direction), labelAt: null, gaps: [] };
}

function draggedRects(
  graph: PlacedGraph,
  drag: ReadonlyMap<string, Point>,
  touched: ReadonlySet<PlacedEdge>,
): Map<string, Rect> {
  const rects = new Map<string, Rect>();
  const add = (id: string | null) => {
    const rect = id === null ? undefined : graph.rects.get(id);
    if (id === null || !rect || rects.has(id)) return;
    const by = drag.get(id);
    rects.set(id, by ? { ...rect, x: rect.x + by.x, y: rect.y + by.y } : rect);
  };
  for (const edge of touched) {
    add(edge.from);
    add(edge.to);
  }
  return rects;
}

const LONG = 4000;
const BEYOND = 90;

/** A long way without what lies far outside the view: the dashes of a line a mile long take long to draw. */
function clipped(way: Way, view: Rect): Way {
  const [first] = way;
  if (!first || way.every(({ x, y }) => Math.abs(x - first.x) + Math.abs(y - first.y) < LONG)) return way;
  const [left, top] = [view.x - BEYOND, view.y - BEYOND];
  const [right, bottom] = [view.x + view.width + BEYOND, view.y + view.height + BEYOND];
  // What is outside is led along the border, where nobody sees it.
  return straightened(
    way.map(({ x, y }) => ({
      x: Math.max(left, Math.min(right, x)),
      y: Math.max(top, Math.min(bottom, y)),
    })),
  );
}

function sameWay(one: Way, other: Way): boolean {
  return (
    one === other ||
    (one.length === other.length &&
      one.every((point, index) => point.x === other[index]?.x && point.y === other[index]?.y))
  );
}

function sameEdge(one: PlacedEdge, other: PlacedEdge): boolean {
  if (one === other) return true;
  return (
    one.label === other.label &&
    one.title === other.title &&
    one.kind === other.kind &&
    one.from === other.from &&
    one.to === other.to &&
    one.plusAt.x === other.plusAt.x &&
    one.plusAt.y === other.plusAt.y &&
    one.labelAt?.x === other.labelAt?.x &&
    one.labelAt?.y === other.labelAt?.y &&
    sameWay(one.way, other.way) &&
    sameWay(one.gaps, other.gaps) &&
    String(one.fields) === String(other.fields)
  );
}
