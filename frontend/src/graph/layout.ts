import type { Layout, Note, Point } from "@/document/document.ts";
import type { Graph, GraphEdge } from "@/graph/derive.ts";
import type { Rect } from "@/graph/measures.ts";
import { place, type Placement } from "@/graph/placement.ts";
import type { Way } from "@/graph/scopeLayout.ts";

export { crosses, freeWay } from "@/graph/ways.ts";

export interface PlacedEdge extends GraphEdge {
  /** Corners from the source to the tip; empty for an end inside a box, which has no line. */
  readonly way: Way;
  /** Centre of the label. */
  readonly labelAt: Point | null;
  /** Where the "+" stands, and which way the line runs there. */
  readonly plusAt: Point;
  readonly upright: boolean;
  /** Where it is broken, as an earlier edge crosses it. */
  readonly gaps: readonly Point[];
}

/** Everything on the canvas with its place, in pixels from the upper left of the graph. */
export interface PlacedGraph extends Graph {
  readonly width: number;
  readonly height: number;
  /** What is inside a folded box has no place. */
  readonly rects: ReadonlyMap<string, Rect>;
  readonly edges: readonly PlacedEdge[];
  /** For each box the areas of its lanes, by scope id. */
  readonly lanes: ReadonlyMap<string, Rect>;
  /** For each scope the point that places set by hand are counted from. */
  readonly origins: ReadonlyMap<string, Point>;
  readonly direction: "down" | "right";
  readonly folded: ReadonlySet<string>;
  /** Notes, at their places on the canvas. */
  readonly notes: readonly Note[];
  /** The states that are disabled, as they were. */
  readonly disabled: Layout["disabled"];
}

/** Places a whole graph, at once. Large ones are placed by a worker: see `placing.ts`. */
export function placeGraph(graph: Graph, layout?: Layout): PlacedGraph {
  return assemble(graph, place(graph, layout), layout);
}

/** A graph with the places that were found for it, here or in a worker. */
export function assemble(graph: Graph, placement: Placement, layout?: Layout): PlacedGraph {
  const edges = [...graph.scopes.values()].flatMap((scope) =>
    scope.edges.flatMap((edge): PlacedEdge[] => {
      const found = placement.edges.get(edge.id);
      return found ? [{ ...edge, ...found }] : [];
    }),
  );
  const root = placement.origins.get("") ?? { x: 0, y: 0 };
  return {
    nodes: graph.nodes,
    scopes: graph.scopes,
    edges,
    width: placement.width,
    height: placement.height,
    rects: placement.rects,
    lanes: placement.lanes,
    origins: placement.origins,
    direction: layout?.direction ?? "down",
    folded: placement.folded,
    notes: (layout?.notes ?? []).map((note) => ({ ...note, x: note.x + root.x, y: note.y + root.y })),
    disabled: layout?.disabled,
  };
}

/** The names of the states inside a folded box, or null where it is open. */
export function heldIn(graph: PlacedGraph, id: string): string[] | null {
  if (!graph.folded.has(id)) return null;
  const found: string[] = [];
  const look = (node: string) => {
    for (const scope of graph.nodes.get(node)?.inner ?? [])
      for (const inner of graph.scopes.get(scope)?.nodes ?? []) {
        if (graph.nodes.get(inner)?.state) found.push(inner);
        look(inner);
      }
  };
  look(id);
  return found;
}

/** The node that stands for another on the canvas: itself, or the folded box around it. */
export function shownFor(graph: PlacedGraph, id: string): string | null {
  for (let at: string | null = id; at !== null;) {
    if (graph.rects.has(at)) return at;
    const scope: string | undefined = graph.nodes.get(at)?.scope;
    at = scope === undefined ? null : (graph.scopes.get(scope)?.owner ?? null);
  }
  return null;
}
