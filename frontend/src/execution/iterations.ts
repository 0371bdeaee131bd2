import { closeFrame, markCulprit } from "./closing.ts";
import { numberOf, textOf, type Entry } from "./entry.ts";
import { placeKey, visitAt, type Frame, type Tables, type Visit } from "./model.ts";

/**
 * Applies MapIterationStarted, Succeeded, Failed or Aborted and returns the visit of the Map state.
 * Such an event may stand in the iteration's own frame or in the Map state's.
 */
export function foldIteration(
  tables: Tables,
  entry: Entry,
  at: number,
  frameOf: (tables: Tables, entry: Entry, at: number) => Frame,
): Visit | null {
  const name = textOf(entry.details, "name") ?? entry.state ?? entry.scope.at(-1)?.[0] ?? "";
  const index = numberOf(entry.details, "index") ?? entry.scope.at(-1)?.[1] ?? 0;
  const inside = entry.scope.at(-1)?.[0] === name;
  const number = tables.latest.get(placeKey(inside ? entry.scope.slice(0, -1) : entry.scope, name));
  if (number === undefined) return null;
  const visit = visitAt(tables, number);
  const { children } = visit;
  if (children === null) return visit;
  if (entry.type === "MapIterationStarted") {
    children.branches.set(index, { index, frame: null, status: "running", startedAt: at, endedAt: null });
    children.running.add(index);
    if (inside) frameOf(tables, entry, at);
    return visit;
  }
  const branch = children.branches.get(index);
  if (branch === undefined || !children.running.delete(index)) return visit;
  branch.endedAt = at;
  switch (entry.type) {
    case "MapIterationSucceeded":
      branch.status = "succeeded";
      children.succeeded += 1;
      break;
    case "MapIterationFailed": {
      branch.status = "failed";
      children.failed += 1;
      const failure = { error: null, cause: null, timedOut: false, culprit: null };
      const culprit = markCulprit(tables, entry.previous_event_id, failure);
      if (culprit && culprit !== visit) children.culprit = culprit.number;
      if (branch.frame !== null) closeFrame(tables, branch.frame, "failed", at);
      break;
    }
    case "MapIterationAborted":
      branch.status = "aborted";
      children.aborted += 1;
      if (branch.frame !== null) closeFrame(tables, branch.frame, "aborted", at);
      break;
  }
  return visit;
}
