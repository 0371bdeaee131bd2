import {
  beginAttempt,
  claimAttempt,
  failAttempt,
  endAttempt,
  loseClaim,
  recordUsage,
  scheduleRetry,
  startAttempt,
  submitAttempt,
  succeedAttempt,
} from "./attempts.ts";
import { closeBelow, closeFrame, closeVisit, explain, markCulprit } from "./closing.ts";
import { isNote, numberOf, textOf, type Entry } from "./entry.ts";
import { foldIteration } from "./iterations.ts";
import {
  lastAttempt,
  latestIn,
  placeKey,
  tablesBehind,
  transitionKey,
  visitAt,
  type Draft,
  type Failure,
  type Frame,
  type Model,
  type Tables,
  type Visit,
} from "./model.ts";
import { foldPersonNote, visitOfNote } from "./notes.ts";
import { takeUp } from "./redriving.ts";

/**
 * The model after these entries. Reload, live view and replay all come through here, in chunks of any size:
 * entries known already are passed over, and folding stops before a gap, so that `lastSeq` says what to ask
 * for. Takes time for the new entries alone; the model given moves on too and is not to be read any more.
 */
export function fold(model: Model, entries: readonly Entry[]): Model {
  const tables = tablesBehind(model);
  const next: Draft = { ...model };
  for (const entry of entries) {
    if (entry.seq <= next.lastSeq) continue;
    if (entry.seq !== next.lastSeq + 1) break;
    apply(next, tables, entry);
  }
  return next;
}

function apply(model: Draft, tables: Tables, entry: Entry): void {
  const at = Date.parse(entry.at);
  model.lastSeq = entry.seq;
  model.lastAt = at;
  tables.entries.push(entry);
  if (entry.type === "RedriveAsked") return; // it is about the execution, not about a state
  if (isNote(entry)) {
    const visit = visitOfNote(tables, entry);
    if (visit === null) return;
    visit.entries.push(entry.seq);
    applyNote(model, tables, visit, entry, at);
    return;
  }
  if (entry.id !== null) model.events += 1;
  if (entry.type.startsWith("Execution")) return applyToExecution(model, tables, entry, at);
  const visit = applyEvent(model, tables, entry, at);
  if (visit === null) return;
  visit.entries.push(entry.seq);
  if (entry.id !== null) tables.owners.set(entry.id, visit.number);
}

function applyToExecution(model: Draft, tables: Tables, entry: Entry, at: number): void {
  const { details } = entry;
  switch (entry.type) {
    case "ExecutionStarted":
      model.startedAt = at;
      model.input = textOf(details, "input");
      return;
    case "ExecutionRedriven":
      model.status = "RUNNING";
      model.stoppedAt = model.error = model.cause = model.culprit = null;
      model.redrives = numberOf(details, "redriveCount") ?? model.redrives + 1;
      model.transitions += 1;
      return takeUp(tables, entry, at, model.redrives);
  }
  model.stoppedAt = at;
  model.error = textOf(details, "error");
  model.cause = textOf(details, "cause");
  switch (entry.type) {
    case "ExecutionSucceeded":
      model.status = "SUCCEEDED";
      model.output = textOf(details, "output");
      return closeRest(tables, "aborted", at);
    case "ExecutionFailed": {
      model.status = "FAILED";
      const failure = { error: model.error, cause: model.cause, timedOut: false, culprit: null };
      const culprit = markCulprit(tables, entry.previous_event_id, failure);
      const machine = currentOf(tables, 0);
      const last = culprit ?? machine;
      if (last) {
        explain(tables, last, model.error, model.cause);
        model.culprit = deepest(tables, last).number;
      }
      closeFrame(tables, 0, "failed", at);
      return closeRest(tables, "aborted", at);
    }
    case "ExecutionTimedOut":
      model.status = "TIMED_OUT";
      model.culprit = currentOf(tables, 0)?.number ?? null;
      return closeRest(tables, "timed-out", at);
    case "ExecutionAborted":
      model.status = "ABORTED";
      return closeRest(tables, "aborted", at);
  }
}

/** Applies an event of a state and returns the visit it belongs to. */
function applyEvent(model: Draft, tables: Tables, entry: Entry, at: number): Visit | null {
  const { type, details } = entry;
  if (type.endsWith("StateEntered")) {
    model.transitions += 1;
    return enter(tables, entry, at);
  }
  if (type.startsWith("MapIteration")) return foldIteration(tables, entry, at, frameOf);
  const visit = visitOfEvent(tables, entry);
  if (visit === null) return null;
  if (type.endsWith("StateExited")) {
    exit(tables, visit, entry, at);
    return visit;
  }
  switch (type) {
    case "TaskScheduled":
    case "LambdaFunctionScheduled":
    case "ActivityScheduled":
      reopen(tables, visit);
      beginAttempt(visit, entry, at, "queued");
      break;
    case "TaskStarted":
    case "LambdaFunctionStarted":
    case "ActivityStarted":
      startAttempt(visit, at);
      break;
    case "TaskSubmitted":
      submitAttempt(visit, entry);
      break;
    case "TaskSucceeded":
    case "LambdaFunctionSucceeded":
    case "ActivitySucceeded":
    case "ParallelStateSucceeded":
    case "MapStateSucceeded":
      succeedAttempt(visit, entry, at);
      break;
    case "ParallelStateStarted":
    case "MapStateStarted":
      reopen(tables, visit);
      beginContainer(tables, visit, entry, at);
      break;
    case "ParallelStateFailed":
    case "MapStateFailed":
      failContainer(tables, visit, entry, at);
      break;
    case "MapRunStarted":
    case "MapRunSucceeded":
    case "MapRunRedriven":
      break;
    case "EvaluationFailed":
      visit.failure = failureIn(entry);
      visit.status = "failed";
      break;
    default:
      if (type.endsWith("Aborted")) closeVisit(tables, visit, "aborted", at);
      // TaskFailed, TaskTimedOut, TaskStartFailed, LambdaFunctionScheduleFailed, MapRunFailed …
      else if (/(Failed|TimedOut)$/.test(type)) failAttempt(visit, failureIn(entry), at);
      else if (textOf(details, "error") !== null) visit.failure = failureIn(entry);
  }
  return visit;
}

function applyNote(model: Draft, tables: Tables, visit: Visit, entry: Entry, at: number): void {
  switch (entry.type) {
    case "AttemptClaimed":
      return claimAttempt(visit, entry, at);
    case "ClaimLost":
      return loseClaim(visit, entry);
    case "RetryScheduled":
      if (visit.children) {
        closeBelow(tables, visit.children, at);
        visit.children.over = true;
      }
      return scheduleRetry(visit, entry, at);
    case "UsageRecorded": {
      const used = recordUsage(visit, entry);
      const sum = model.usage;
      model.usage = {
        inputTokens: (sum?.inputTokens ?? 0) + used.inputTokens,
        outputTokens: (sum?.outputTokens ?? 0) + used.outputTokens,
        cost: used.cost === null ? (sum?.cost ?? null) : (sum?.cost ?? 0) + used.cost,
        model: used.model,
        latencyMs: null,
      };
      return;
    }
    default:
      foldPersonNote(tables, visit, entry, at);
  }
}

function enter(tables: Tables, entry: Entry, at: number): Visit {
  const frame = frameOf(tables, entry, at);
  const type = entry.type.slice(0, -"StateEntered".length);
  const name = textOf(entry.details, "name") ?? entry.state ?? type;
  const before = frame.current === null ? null : visitAt(tables, frame.current);
  // A state that was left without an exit did not succeed; what follows shows that it is over.
  if (before && before.endedAt === null) closeVisit(tables, before, "failed", at);
  const visit: Visit = {
    number: tables.visits.length,
    name,
    type,
    frame: frame.number,
    scope: frame.scope,
    status: type === "Wait" ? "waiting-time" : type === "Fail" ? "failed" : "running",
    enteredAt: at,
    endedAt: null,
    input: textOf(entry.details, "input"),
    output: null,
    failure: type === "Fail" ? { error: null, cause: null, timedOut: false, culprit: null } : null,
    attempts: [],
    attemptsBefore: 0,
    redrive: 0,
    attemptsAllowed: null,
    retryDue: null,
    due: null,
    approval: null,
    acts: [],
    skipped: false,
    cameFrom: frame.current,
    caughtFrom: before?.status === "caught",
    children: null,
    variables: null,
    entries: [],
  };
  tables.visits.push(visit);
  tables.open.add(visit.number);
  tables.latest.set(placeKey(frame.scope, name), visit.number);
  const visits = frame.visits.get(name);
  if (visits) visits.push(visit.number);
  else frame.visits.set(name, [visit.number]);
  if (before && before.type !== "Fail") frame.taken.add(transitionKey(before.name, name, visit.caughtFrom));
  frame.current = visit.number;
  return visit;
}

function exit(tables: Tables, visit: Visit, entry: Entry, at: number): void {
  tables.open.delete(visit.number);
  visit.endedAt = at;
  visit.output = textOf(entry.details, "output");
  visit.variables = textOf(entry.details, "assignedVariables");
  visit.retryDue = null;
  if (visit.skipped) visit.status = "skipped";
  else visit.status = visit.failure === null ? "succeeded" : "caught";
  endAttempt(visit, visit.status === "caught" ? "failed" : "succeeded", at);
  if (visit.children) closeBelow(tables, visit.children, at);
}

/** A redrive, or a late retry, goes on with a state that had failed. */
function reopen(tables: Tables, visit: Visit): void {
  tables.open.add(visit.number);
  visit.endedAt = null;
}

function beginContainer(tables: Tables, visit: Visit, entry: Entry, at: number): void {
  if (visit.children) closeBelow(tables, visit.children, at);
  const total = entry.type === "MapStateStarted" ? numberOf(entry.details, "length") : null;
  visit.children = {
    total,
    branches: new Map(),
    running: new Set(),
    succeeded: 0,
    failed: 0,
    aborted: 0,
    culprit: null,
    over: false,
  };
  if (lastAttempt(visit)?.endedAt === null) return;
  beginAttempt(visit, entry, at, "running");
}

function failContainer(tables: Tables, visit: Visit, entry: Entry, at: number): void {
  const failure = failureIn(entry);
  const before = visit.failure;
  const pointed = markCulprit(tables, entry.previous_event_id, { ...failure });
  const told = visit.children?.culprit ?? null;
  const culprit = pointed && pointed !== visit ? pointed : told === null ? null : visitAt(tables, told);
  const why = culprit?.failure ?? before;
  failure.error ??= why?.error ?? null;
  failure.cause ??= why?.cause ?? null;
  if (culprit?.failure) failure.culprit = culprit.number;
  if (visit.children) closeBelow(tables, visit.children, at);
  failAttempt(visit, failure, at);
}

function closeRest(tables: Tables, ending: "aborted" | "timed-out", at: number): void {
  for (const number of [...tables.open]) {
    const visit = visitAt(tables, number);
    if (visit.children) countAborted(visit);
    closeVisit(tables, visit, ending, at);
  }
}

function countAborted(visit: Visit): void {
  const { children } = visit;
  if (children === null) return;
  for (const index of children.running) {
    const branch = children.branches.get(index);
    if (branch) branch.status = "aborted";
    children.aborted += 1;
  }
  children.running.clear();
}

function deepest(tables: Tables, visit: Visit): Visit {
  let found = visit;
  while (found.failure?.culprit != null) found = visitAt(tables, found.failure.culprit);
  return found;
}

function currentOf(tables: Tables, frame: number): Visit | null {
  const current = tables.frames.get(frame)?.current ?? null;
  return current === null ? null : visitAt(tables, current);
}

/** The frame of an entry; one not met before is hung below the state that holds it. */
function frameOf(tables: Tables, entry: Entry, at: number): Frame {
  const known = tables.frames.get(entry.frame);
  if (known) return known;
  const place = entry.scope.at(-1);
  let container: number | null = null;
  if (place) {
    const [name, index] = place;
    container = tables.latest.get(placeKey(entry.scope.slice(0, -1), name)) ?? null;
    const children = container === null ? null : visitAt(tables, container).children;
    const branch = children?.branches.get(index);
    if (branch) branch.frame = entry.frame;
    else if (children) {
      const begun = { index, frame: entry.frame, status: "running" as const, startedAt: at, endedAt: null };
      children.branches.set(index, begun);
      if (children.total !== null) children.running.add(index);
    }
  }
  const frame = {
    number: entry.frame,
    scope: entry.scope,
    container,
    visits: new Map(),
    taken: new Set<string>(),
    current: null,
  };
  tables.frames.set(entry.frame, frame);
  return frame;
}

function visitOfEvent(tables: Tables, entry: Entry): Visit | null {
  const frame = tables.frames.get(entry.frame);
  const number = latestIn(frame, entry.state) ?? frame?.current ?? null;
  return number === null ? null : visitAt(tables, number);
}

function failureIn({ type, details }: Entry): Failure {
  const error = textOf(details, "error");
  const timedOut =
    type.endsWith("TimedOut") || error === "States.Timeout" || error === "States.HeartbeatTimeout";
  return { error, cause: textOf(details, "cause"), timedOut, culprit: null };
}
