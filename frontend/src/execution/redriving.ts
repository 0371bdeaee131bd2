import { beginAttempt } from "./attempts.ts";
import type { Entry } from "./entry.ts";
import { visitAt, type Branch, type Children, type Tables, type Visit } from "./model.ts";

/** A state that was entered and not left: a redrive takes it up without entering it again. */
const unfinished: ReadonlySet<Visit["status"]> = new Set(["failed", "timed-out", "aborted"]);

/** ExecutionRedriven: what failed or was aborted goes on where it stood, and its attempts are counted anew. */
export function takeUp(tables: Tables, entry: Entry, at: number, redrive: number): void {
  const agenda = [0];
  for (let frame = agenda.pop(); frame !== undefined; frame = agenda.pop()) {
    const current = tables.frames.get(frame)?.current ?? null;
    if (current === null) continue;
    const visit = visitAt(tables, current);
    // A Fail state is entered again.
    if (!unfinished.has(visit.status) || visit.type === "Fail") continue;
    const { children } = visit;
    const whole = visit.failure?.error === "States.DataLimitExceeded" || (children?.over ?? false);
    visit.redrive = redrive;
    revive(tables, visit, entry, at);
    if (children && !whole) agenda.push(...branchesOf(tables, children));
  }
}

function revive(tables: Tables, visit: Visit, entry: Entry, at: number): void {
  tables.open.add(visit.number);
  visit.endedAt = visit.failure = visit.retryDue = visit.due = visit.approval = null;
  visit.attemptsBefore = visit.attempts.length;
  visit.attemptsAllowed = null;
  visit.status =
    visit.type === "Task" ? "queued" : visit.type === "Wait" ? "waiting-time" : ("running" as const);
  if (visit.children) beginAttempt(visit, entry, at, "running");
}

/** Opens the branches that did not succeed, and returns the frames of those that had begun. */
function branchesOf(tables: Tables, children: Children): number[] {
  children.culprit = null;
  const frames: number[] = [];
  for (const branch of children.branches.values()) {
    if (!goesOn(tables, branch)) continue;
    if (branch.status === "failed" || branch.status === "aborted") {
      children[branch.status] -= 1;
      children.running.add(branch.index);
    }
    branch.status = "running";
    branch.endedAt = null;
    if (branch.frame !== null) frames.push(branch.frame);
  }
  return frames;
}

/* The branches of a Parallel are not said to have ended; their last state tells. */
function goesOn(tables: Tables, branch: Branch): boolean {
  if (branch.status !== "running") return branch.status !== "succeeded";
  const current = branch.frame === null ? null : (tables.frames.get(branch.frame)?.current ?? null);
  return current === null || unfinished.has(visitAt(tables, current).status);
}
