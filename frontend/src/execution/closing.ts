import { endAttempt } from "./attempts.ts";
import { visitAt, type Branch, type Children, type Failure, type Tables, type Visit } from "./model.ts";

/** How what is still open in a scope ends: whatever failed by itself stays failed. */
export type Ending = "failed" | "aborted" | "timed-out";

/** Ends one visit that has not ended. */
export function closeVisit(tables: Tables, visit: Visit, ending: Ending, at: number): void {
  if (!tables.open.delete(visit.number)) return;
  endAttempt(visit, ending, at);
  visit.endedAt = at;
  visit.retryDue = null;
  if (visit.failure === null) visit.status = ending;
  else visit.status = visit.failure.timedOut ? "timed-out" : "failed";
}

/** Ends what is open in a frame and below: the frame's own state as `ending`, all inside it as aborted. */
export function closeFrame(tables: Tables, frameNumber: number, ending: Ending, at: number): void {
  const current = tables.frames.get(frameNumber)?.current ?? null;
  if (current === null) return;
  const visit = visitAt(tables, current);
  if (visit.children) closeBelow(tables, visit.children, at);
  closeVisit(tables, visit, ending, at);
}

/** Ends everything below a Parallel or Map state. */
export function closeBelow(tables: Tables, children: Children, at: number): void {
  const agenda = [children];
  for (let next = agenda.pop(); next; next = agenda.pop()) {
    for (const branch of next.branches.values()) {
      const number = branch.frame === null ? null : (tables.frames.get(branch.frame)?.current ?? null);
      const visit = number === null ? null : visitAt(tables, number);
      if (next.running.delete(branch.index)) endIteration(next, branch, visit, at);
      if (visit === null || visit.endedAt !== null) continue;
      if (visit.children) agenda.push(visit.children);
      closeVisit(tables, visit, "aborted", at);
    }
  }
}

/* What the record does not say of an iteration, its last state tells. */
function endIteration(children: Children, branch: Branch, last: Visit | null, at: number): void {
  const well =
    last !== null && last.endedAt !== null && (last.status === "succeeded" || last.status === "skipped");
  branch.endedAt = well ? last.endedAt : at;
  branch.status = well ? "succeeded" : last?.failure ? "failed" : "aborted";
  children[branch.status] += 1;
}

/** The visit that a failure points back to, marked as what failed; null where it had ended by itself. */
export function markCulprit(tables: Tables, eventId: number | null, failure: Failure): Visit | null {
  const owner = eventId === null ? undefined : tables.owners.get(eventId);
  if (owner === undefined) return null;
  const visit = visitAt(tables, owner);
  if (!tables.open.has(owner)) return visit;
  visit.failure ??= failure;
  return visit;
}

/** Says why to every visit that failed without a word of its own: a Fail state, and what holds it. */
export function explain(tables: Tables, from: Visit, error: string | null, cause: string | null): void {
  for (let visit: Visit | null = from; visit?.failure;) {
    visit.failure.error ??= error;
    visit.failure.cause ??= cause;
    visit = visit.failure.culprit === null ? null : visitAt(tables, visit.failure.culprit);
  }
}
