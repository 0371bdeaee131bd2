import type { Status } from "@/ui/status.ts";
import { scopeKey, type Entry, type Scope } from "./entry.ts";

/** What the entries of an execution add up to. Moments are milliseconds since 1970. */
export interface Model {
  /** Of the execution, in the service's words. */
  readonly status: string;
  readonly input: string | null;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly startedAt: number | null;
  readonly stoppedAt: number | null;
  /** States entered so far. */
  readonly transitions: number;
  readonly usage: Usage | null;
  readonly redrives: number;
  /** The state whose failure ended the execution; a visit's number. */
  readonly culprit: number | null;
  readonly lastSeq: number;
  readonly events: number;
  readonly lastAt: number | null;
  /** All records, in order: the one numbered `seq` stands at `seq - 1`. */
  readonly entries: readonly Entry[];
  /** One for each time a state was entered, in that order. */
  readonly visits: readonly Visit[];
  readonly frames: ReadonlyMap<number, Frame>;
  /** The visits that have not ended. */
  readonly open: ReadonlySet<number>;
}

/** The model while it is folded: the same tables, writable. */
export type Draft = { -readonly [Field in keyof Model]: Model[Field] };

export interface Tables {
  entries: Entry[];
  visits: Visit[];
  frames: Map<number, Frame>;
  /** Visits that have not ended. */
  open: Set<number>;
  /** History event id to the visit it belongs to: what a failure points back to. */
  owners: Map<number, number>;
  /** Scope and name to the latest visit there: the container that a new frame belongs to. */
  latest: Map<string, number>;
  /** Approval to its visit: its notes may come after the state was left and entered again. */
  approvals: Map<string, number>;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  /** In US dollars, where a provider says it. */
  cost: number | null;
  model: string | null;
  latencyMs: number | null;
}

/** One running scope: the machine, a Parallel branch, a Map iteration. */
export interface Frame {
  number: number;
  scope: Scope;
  /** The visit of the Parallel or Map state that it belongs to. */
  container: number | null;
  /** The visits of each state in it, in order. */
  visits: Map<string, number[]>;
  /** The transitions taken in it, as `transitionKey` names them. */
  taken: Set<string>;
  current: number | null;
}

/** One stay in a state. */
export interface Visit {
  number: number;
  name: string;
  /** Task, Choice, Parallel … */
  type: string;
  frame: number;
  scope: Scope;
  status: Status;
  enteredAt: number;
  endedAt: number | null;
  input: string | null;
  output: string | null;
  /** What went wrong last, as long as nothing made it good. */
  failure: Failure | null;
  attempts: Attempt[];
  /** Attempts of those that were made before the last redrive: Retriers count from there. */
  attemptsBefore: number;
  /** How often the execution had been redriven when this state was last taken up. */
  redrive: number;
  /** Attempts that the Retriers allow in all, once one was asked. */
  attemptsAllowed: number | null;
  /** When the next attempt starts. */
  retryDue: number | null;
  /** When a Wait ends, where a note says so. */
  due: number | null;
  approval: Approval | null;
  /** What people did to it by hand. */
  acts: Act[];
  skipped: boolean;
  /** The visit that led here. */
  cameFrom: number | null;
  /** It was a Catcher that led here. */
  caughtFrom: boolean;
  children: Children | null;
  variables: string | null;
  /** `seq` of the entries about it. */
  entries: number[];
}

export interface Failure {
  error: string | null;
  cause: string | null;
  timedOut: boolean;
  /** The visit inside this container that failed it. */
  culprit: number | null;
}

export type Outcome = "queued" | "running" | "succeeded" | "failed" | "timed-out" | "aborted";

/** One try of a Task state's work, or of a whole Parallel or Map. */
export interface Attempt {
  /** From 1, and from 1 again after a redrive. */
  number: number;
  /** The redrive that it belongs to; 0 before the first. */
  redrive: number;
  outcome: Outcome;
  scheduledAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Its work goes on elsewhere: a callback, a child or a decision ends it. */
  submitted: boolean;
  resource: string | null;
  input: string | null;
  output: string | null;
  error: string | null;
  cause: string | null;
  worker: string | null;
  claimsLost: number;
  /** The wait before the next one. */
  backoff: { from: number; due: number } | null;
  usage: Usage | null;
}

export interface Approval {
  id: string;
  question: string | null;
  recipients: Recipient[];
  expiresAt: number | null;
  votes: { by: string; choice: string; how: string | null; comment: string | null; at: number }[];
}

export interface Recipient {
  address: string;
  sentAt: number | null;
  failure: { error: string; attempt: number | null; nextTry: number | null } | null;
}

export interface Act {
  what: "skipped" | "failed" | "run-now" | "extended";
  by: string;
  at: number;
}

/** The frames below a Parallel or Map state, of its latest attempt. */
export interface Children {
  /** Iterations of a Map; null for a Parallel. */
  total: number | null;
  branches: Map<number, Branch>;
  running: Set<number>;
  succeeded: number;
  failed: number;
  aborted: number;
  /** The visit that failed an iteration last. */
  culprit: number | null;
  /** The state waits to be tried again, with children of their own. */
  over: boolean;
}

export interface Branch {
  index: number;
  frame: number | null;
  status: "running" | "succeeded" | "failed" | "aborted";
  startedAt: number;
  endedAt: number | null;
}

const tablesOf = new WeakMap<readonly Entry[], Tables>();

/** An execution of which nothing is known yet. */
export function emptyModel(): Model {
  const tables: Tables = {
    entries: [],
    visits: [],
    frames: new Map(),
    open: new Set(),
    owners: new Map(),
    latest: new Map(),
    approvals: new Map(),
  };
  tablesOf.set(tables.entries, tables);
  return {
    status: "RUNNING",
    input: null,
    output: null,
    error: null,
    cause: null,
    startedAt: null,
    stoppedAt: null,
    transitions: 0,
    usage: null,
    redrives: 0,
    culprit: null,
    lastSeq: 0,
    events: 0,
    lastAt: null,
    entries: tables.entries,
    visits: tables.visits,
    frames: tables.frames,
    open: tables.open,
  };
}

/** The writable tables behind a model; they move on with each fold, whatever model they are asked from. */
export function tablesBehind(model: Model): Tables {
  const tables = tablesOf.get(model.entries);
  if (tables === undefined) throw new Error("This model was not made by emptyModel().");
  return tables;
}

export function placeKey(scope: Scope, name: string): string {
  return `${scopeKey(scope)}\u0002${name}`;
}

/** The visit with this number; throws where the fold itself would be wrong. */
export function visitAt(tables: Pick<Tables, "visits">, number: number): Visit {
  const visit = tables.visits[number];
  if (visit === undefined) throw new Error(`No visit ${number}.`);
  return visit;
}

/** The latest visit of a state in a frame. */
export function latestIn(frame: Frame | undefined, name: string | null): number | null {
  if (frame === undefined || name === null) return null;
  return frame.visits.get(name)?.at(-1) ?? null;
}

/** Names a transition between two states of one frame. */
export function transitionKey(from: string, to: string, caught: boolean): string {
  return `${from}\u0000${to}\u0000${caught ? "catch" : "next"}`;
}

/** How many attempts were made since the execution was started or redriven last. */
export function attemptsSince(visit: Visit): number {
  return visit.attempts.length - visit.attemptsBefore;
}

export function lastAttempt(visit: Visit): Attempt | null {
  return visit.attempts.at(-1) ?? null;
}
