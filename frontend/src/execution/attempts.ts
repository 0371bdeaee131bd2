import { momentOf, numberOf, textOf, type Entry } from "./entry.ts";
import {
  attemptsSince,
  lastAttempt,
  type Attempt,
  type Failure,
  type Outcome,
  type Usage,
  type Visit,
} from "./model.ts";

/** Begins the next try of a visit: of a Task's work, or of a whole Parallel or Map. */
export function beginAttempt(visit: Visit, entry: Entry, at: number, outcome: "queued" | "running"): void {
  const { details } = entry;
  visit.attempts.push({
    number: attemptsSince(visit) + 1,
    redrive: visit.redrive,
    outcome,
    scheduledAt: at,
    startedAt: outcome === "running" ? at : null,
    endedAt: null,
    submitted: false,
    resource: resourceOf(entry),
    input: textOf(details, "parameters") ?? textOf(details, "input"),
    output: null,
    error: null,
    cause: null,
    worker: null,
    claimsLost: 0,
    backoff: null,
    usage: null,
  });
  visit.failure = null;
  visit.retryDue = null;
  visit.status = attemptsSince(visit) > 1 ? "retrying" : outcome;
}

/** The attempt was claimed; its work has begun. */
export function startAttempt(visit: Visit, at: number): void {
  const attempt = lastAttempt(visit);
  if (attempt === null) return;
  attempt.startedAt ??= at;
  attempt.outcome = "running";
  visit.status = attemptsSince(visit) > 1 ? "retrying" : "running";
}

export function submitAttempt(visit: Visit, entry: Entry): void {
  const attempt = lastAttempt(visit);
  if (attempt === null) return;
  attempt.submitted = true;
  attempt.output = textOf(entry.details, "output");
}

export function succeedAttempt(visit: Visit, entry: Entry, at: number): void {
  endAttempt(visit, "succeeded", at);
  visit.failure = null;
  const attempt = lastAttempt(visit);
  if (attempt) attempt.output = textOf(entry.details, "output") ?? attempt.output;
}

/** The attempt failed; the state did too, unless a retry or a Catcher follows. */
export function failAttempt(visit: Visit, failure: Failure, at: number): void {
  endAttempt(visit, failure.timedOut ? "timed-out" : "failed", at);
  const attempt = lastAttempt(visit);
  if (attempt) {
    attempt.error = failure.error;
    attempt.cause = failure.cause;
  }
  visit.failure = failure;
  visit.status = failure.timedOut ? "timed-out" : "failed";
}

/** Ends the running attempt, if one runs. */
export function endAttempt(visit: Visit, outcome: Outcome, at: number): void {
  const attempt = lastAttempt(visit);
  if (attempt === null || attempt.endedAt !== null) return;
  attempt.outcome = outcome;
  attempt.endedAt = at;
}

/** The note RetryScheduled: the failure was not the last word. */
export function scheduleRetry(visit: Visit, entry: Entry, at: number): void {
  const { details } = entry;
  const due = momentOf(details, "due") ?? at;
  const next = numberOf(details, "attempt");
  const attempt = attemptNumbered(visit, next === null ? null : next - 1);
  if (attempt) {
    if (attempt.endedAt === null) {
      attempt.endedAt = at;
      attempt.outcome = "failed";
    }
    attempt.error ??= textOf(details, "error");
    attempt.cause ??= textOf(details, "cause");
    attempt.backoff = { from: at, due };
  }
  visit.attemptsAllowed = numberOf(details, "of");
  visit.retryDue = due;
  visit.failure = null;
  visit.status = "retrying";
}

/** The note AttemptClaimed: a worker has it now. After a lost claim no event says so. */
export function claimAttempt(visit: Visit, entry: Entry, at: number): void {
  const attempt = attemptNumbered(visit, numberOf(entry.details, "attempt"));
  if (attempt === null) return;
  attempt.worker = textOf(entry.details, "worker");
  if (attempt.outcome === "queued" && attempt === lastAttempt(visit)) startAttempt(visit, at);
}

/** The note ClaimLost: the same attempt waits in the queue again. */
export function loseClaim(visit: Visit, entry: Entry): void {
  const attempt = attemptNumbered(visit, numberOf(entry.details, "attempt"));
  if (attempt === null || attempt.endedAt !== null) return;
  attempt.claimsLost += 1;
  attempt.worker = null;
  attempt.outcome = "queued";
  if (attemptsSince(visit) === 1) visit.status = "queued";
}

export function recordUsage(visit: Visit, entry: Entry): Usage {
  const { details } = entry;
  const usage: Usage = {
    inputTokens: numberOf(details, "input_tokens") ?? 0,
    outputTokens: numberOf(details, "output_tokens") ?? 0,
    cost: numberOf(details, "cost"),
    model: textOf(details, "model"),
    latencyMs: numberOf(details, "latency_ms"),
  };
  const attempt = attemptNumbered(visit, numberOf(details, "attempt"));
  if (attempt) attempt.usage = usage;
  return usage;
}

function attemptNumbered(visit: Visit, number: number | null): Attempt | null {
  const place = number === null ? -1 : visit.attemptsBefore + number - 1;
  return visit.attempts[place] ?? lastAttempt(visit);
}

function resourceOf({ details }: Entry): string | null {
  const resource = textOf(details, "resource");
  const service = textOf(details, "resourceType");
  return service === null || resource === null ? resource : `${service}:${resource}`;
}
