import { isDistributed } from "@/asl/card.ts";
import type { MapRun, MapRunCounts } from "@/api/types.ts";
import type { Graph, GraphNode } from "@/graph/derive.ts";
import type { Status } from "@/ui/status.ts";
import type { Visit } from "./model.ts";

/** Whether the children of this state are executions of their own. */
export function isMapRunState(node: GraphNode): boolean {
  return node.type === "Map" && node.state !== null && isDistributed(node.state);
}

export function hasMapRuns(graph: Graph): boolean {
  return [...graph.nodes.values()].some(isMapRunState);
}

/** The last Map Run of a stay in a distributed Map state: each try that a Retrier makes has one. */
export function mapRunOf(runs: readonly MapRun[], visit: Visit): MapRun | null {
  const within = runs.filter(({ state, frame, started_at }) => {
    const started = Date.parse(started_at);
    const here = state === visit.name && frame === visit.frame;
    return here && started >= visit.enteredAt && (visit.endedAt === null || started <= visit.endedAt);
  });
  return within.at(-1) ?? null;
}

/* Which sign stands for which count, in the order in which they are shown. */
const signs: readonly (readonly [Status, keyof MapRunCounts])[] = [
  ["succeeded", "succeeded"],
  ["running", "running"],
  ["queued", "pending_redrive"],
  ["failed", "failed"],
  ["timed-out", "timed_out"],
  ["aborted", "aborted"],
  ["not-started", "pending"],
];

/** How many children have each status, those that none has left out. */
export function countsOf(counts: MapRunCounts): [Status, number][] {
  return signs
    .map(([status, name]): [Status, number] => [status, counts[name]])
    .filter(([, count]) => count > 0);
}
