import { edgeKey, type EdgeStatus, type Overlay, type StateOverlay } from "@/canvas/overlay.ts";
import { END, START, type Graph } from "@/graph/derive.ts";
import type { MapRun } from "@/api/types.ts";
import { countsOf, isMapRunState, mapRunOf } from "./mapRuns.ts";
import type { Model, Visit } from "./model.ts";
import { statusOfNode, type Picture } from "./picture.ts";
import { footOf } from "./words.ts";

/** What an execution adds to the graph, as the canvas takes it. */
export function overlayOf(
  model: Model,
  graph: Graph,
  picture: Picture,
  now: number,
  dueOf: (visit: Visit) => number | null,
  mapRuns: readonly MapRun[] = [],
): Overlay {
  const states = new Map<string, StateOverlay>();
  for (const node of graph.nodes.values()) {
    if (node.state === null && node.id !== START && node.id !== END) continue;
    const visit = picture.visits.get(node.id);
    const items = isMapRunState(node) ? itemsOf(mapRuns, visit) : picture.items.get(node.id);
    states.set(node.id, {
      status: statusOfNode(picture, model, node.id),
      right: visit ? footOf(visit, now, dueOf(visit)) : "",
      ...(items && { items: { index: items.index, total: items.total, counts: items.counts } }),
    });
  }
  const edges = new Map<string, EdgeStatus>();
  for (const scope of graph.scopes.values())
    for (const edge of scope.edges) {
      const look = picture.edges.get(edge.id);
      // The canvas knows the way to the end as one that leads to no state.
      if (look) edges.set(edgeKey(edge.from, edge.kind === "end" ? null : edge.to, edge.kind), look);
    }
  return { states, edges };
}

/* The children of a distributed Map are executions of their own: there is none to look at in this one. */
function itemsOf(mapRuns: readonly MapRun[], visit: Visit | undefined): StateOverlay["items"] {
  const run = visit && mapRunOf(mapRuns, visit);
  return run
    ? { index: null, total: run.counts.total, counts: Object.fromEntries(countsOf(run.counts)) }
    : undefined;
}
