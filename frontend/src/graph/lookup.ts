import type { GraphNode } from "@/graph/derive.ts";
import type { PlacedEdge, PlacedGraph } from "@/graph/layout.ts";
import type { Rect } from "@/graph/measures.ts";

/** What is asked of a graph with every move of the pointer, gathered once. */
export interface Lookup {
  readonly edgesOf: ReadonlyMap<string, readonly PlacedEdge[]>;
  readonly edgesIn: ReadonlyMap<string, readonly PlacedEdge[]>;
  /** The open boxes of each scope. */
  readonly boxesIn: ReadonlyMap<string, readonly GraphNode[]>;
  /** The smallest rectangle around an edge's way and its "+". */
  readonly around: ReadonlyMap<PlacedEdge, Rect>;
}

const known = new WeakMap<PlacedGraph, Lookup>();

export function lookupOf(graph: PlacedGraph): Lookup {
  let found = known.get(graph);
  if (!found) {
    found = gather(graph);
    known.set(graph, found);
  }
  return found;
}

function gather(graph: PlacedGraph): Lookup {
  const edgesOf = new Map<string, PlacedEdge[]>();
  const edgesIn = new Map<string, PlacedEdge[]>();
  const boxesIn = new Map<string, GraphNode[]>();
  const around = new Map<PlacedEdge, Rect>();
  for (const edge of graph.edges) {
    add(edgesOf, edge.from, edge);
    if (edge.to !== null && edge.to !== edge.from) add(edgesOf, edge.to, edge);
    add(edgesIn, edge.scope, edge);
    around.set(edge, boundsOf(edge));
  }
  for (const id of graph.rects.keys()) {
    const node = graph.nodes.get(id);
    if (node && node.inner.length > 0 && !graph.folded.has(id)) add(boxesIn, node.scope, node);
  }
  return { edgesOf, edgesIn, boxesIn, around };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const found = map.get(key);
  if (found) found.push(value);
  else map.set(key, [value]);
}

function boundsOf({ way, plusAt }: PlacedEdge): Rect {
  let [left, top, right, bottom] = [plusAt.x, plusAt.y, plusAt.x, plusAt.y];
  for (const { x, y } of way) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
