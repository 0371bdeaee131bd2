import { scopeKey, type Details, type Entry, type Scope } from "./entry.ts";
import { fold } from "./fold.ts";
import { emptyModel, type Model } from "./model.ts";

/* Hand-made and recorded histories for tests. */

const START = Date.parse("2026-11-21T09:14:02Z");

/** Entries written down one a line; `seq`, `id` and `previous_event_id` are counted here. */
export class Script {
  readonly entries: Entry[] = [];
  private events = 0;
  private clock = START;

  /** Time passes. */
  after(seconds: number): this {
    this.clock += seconds * 1000;
    return this;
  }

  event(type: string, where: Where, details: Details = null, previous?: number): this {
    this.events += 1;
    return this.add({
      ...this.base(type, where, details),
      id: this.events,
      previous_event_id: previous ?? this.events - 1,
    });
  }

  note(type: string, where: Where, details: Details = null): this {
    return this.add({ ...this.base(type, where, details), id: null, previous_event_id: null });
  }

  start(input: unknown = {}): this {
    return this.event("ExecutionStarted", machine, { input: JSON.stringify(input) });
  }

  enter(type: string, where: Where, input: unknown = {}): this {
    return this.event(`${type}StateEntered`, where, { name: where.state, input: JSON.stringify(input) });
  }

  exit(type: string, where: Where, output: unknown = {}): this {
    return this.event(`${type}StateExited`, where, { name: where.state, output: JSON.stringify(output) });
  }

  attempt(where: Where): this {
    return this.event("TaskScheduled", where, {
      resource: "invoke",
      resourceType: "http",
      parameters: "{}",
    }).event("TaskStarted", where);
  }

  fail(where: Where, error: string, cause = "because"): this {
    return this.event("TaskFailed", where, { error, cause });
  }

  retry(where: Where, attempt: number, of: number, seconds: number): this {
    const due = new Date(this.clock + seconds * 1000).toISOString();
    return this.note("RetryScheduled", where, { attempt, of, seconds, due, error: "E", cause: "because" });
  }

  get now(): number {
    return this.clock;
  }

  /** The id of the newest event. */
  get lastEvent(): number {
    return this.events;
  }

  private base(type: string, where: Where, details: Details) {
    const at = new Date(this.clock).toISOString();
    return {
      seq: this.entries.length + 1,
      type,
      at,
      frame: where.frame,
      scope: where.scope,
      state: where.state,
      details,
    };
  }

  private add(entry: Entry): this {
    this.entries.push(entry);
    return this;
  }
}

export interface Where {
  frame: number;
  scope: Scope;
  state: string | null;
}

export const machine: Where = { frame: 0, scope: [], state: null };

export function at(state: string, frame = 0, scope: Scope = []): Where {
  return { frame, scope, state };
}

interface RecordedEvent {
  id: number;
  previousEventId: number;
  type: string;
}

interface Machine {
  StartAt: string;
  States: Record<string, State>;
}

interface State {
  Type: string;
  Branches?: Machine[];
  ItemProcessor?: Machine;
  Iterator?: Machine;
}

/** A history as the service returns it, as entries: frames and scopes follow from the causal pointers. */
export function entriesOf(definition: Machine, history: readonly RecordedEvent[]): Entry[] {
  const chains = chainsOf(definition);
  const placed = new Map<number, { scope: Scope; state: string | null }>();
  const generations = new Map<string, number>();
  const frames = new Map<string, number>([["", 0]]);

  const frameAt = (scope: Scope): number => {
    const key = scope
      .map((_, depth) => {
        const [container, index] = scope[depth] ?? ["", 0];
        const holder = scopeKey(scope.slice(0, depth)) + container;
        return `${container}#${index}#${generations.get(holder) ?? 0}`;
      })
      .join("/");
    const known = frames.get(key);
    if (known !== undefined) return known;
    frames.set(key, frames.size);
    return frames.size - 1;
  };

  const scopeFor = (name: string, near: Scope): Scope =>
    (chains.get(name) ?? []).map(([container, branch]) => {
      const index = branch ?? near.find(([other]) => other === container)?.[1] ?? 0;
      return [container, index] as const;
    });

  return history.map((event, place) => {
    const details = detailsOf(event);
    const before = placed.get(event.previousEventId) ?? { scope: [], state: null };
    let { scope, state } = before;
    const named = typeof details?.["name"] === "string" ? details["name"] : null;
    const container = /^(Parallel|Map)State(Started|Succeeded|Failed|Aborted)$|^MapRun/.exec(event.type);
    if (event.type.startsWith("Execution")) [scope, state] = [[], null];
    else if (event.type.startsWith("MapIteration")) {
      state = named;
      scope = scopeFor(named ?? "", before.scope);
      scope = [...scope, [named ?? "", Number(details?.["index"] ?? 0)]];
    } else if (named !== null) {
      state = named;
      scope = scopeFor(named, before.scope);
    } else if (container) {
      const kind = container[1] ?? "Map";
      const inside = chains.get(state ?? "")?.at(-1)?.[0];
      if (stateNamed(definition, state ?? "")?.Type !== kind && inside) {
        state = inside;
        scope = scope.slice(0, -1);
      } else if (stateNamed(definition, state ?? "")?.Type === kind && scope.at(-1)?.[0] === state)
        scope = scope.slice(0, -1);
      if (container[2] === "Started") {
        const holder = scopeKey(scope) + (state ?? "");
        generations.set(holder, (generations.get(holder) ?? 0) + 1);
      }
    }
    placed.set(event.id, { scope, state });
    return {
      seq: place + 1,
      id: event.id,
      previous_event_id: event.previousEventId,
      type: event.type,
      at: new Date(START + place * 100).toISOString(),
      frame: frameAt(scope),
      scope,
      state,
      details,
    };
  });
}

type Chain = (readonly [container: string, branch: number | null])[];

function chainsOf(definition: Machine): Map<string, Chain> {
  const chains = new Map<string, Chain>();
  const agenda: [Machine, Chain][] = [[definition, []]];
  for (let next = agenda.pop(); next; next = agenda.pop()) {
    const [scope, chain] = next;
    for (const [name, state] of Object.entries(scope.States)) {
      chains.set(name, chain);
      state.Branches?.forEach((branch, index) => agenda.push([branch, [...chain, [name, index]]]));
      const processor = state.ItemProcessor ?? state.Iterator;
      if (processor) agenda.push([processor, [...chain, [name, null]]]);
    }
  }
  return chains;
}

function stateNamed(definition: Machine, name: string): State | null {
  const agenda: Machine[] = [definition];
  for (let scope = agenda.pop(); scope; scope = agenda.pop()) {
    for (const [key, state] of Object.entries(scope.States)) {
      if (key === name) return state;
      const processor = state.ItemProcessor ?? state.Iterator;
      agenda.push(...(state.Branches ?? []), ...(processor ? [processor] : []));
    }
  }
  return null;
}

function detailsOf(event: object): Details {
  const found = Object.entries(event).find(([name]) => name.endsWith("EventDetails"));
  return (found?.[1] as Details | undefined) ?? null;
}

/** Folds in chunks cut anywhere; some entries come twice, as after a reconnect. */
export function foldInChunks(entries: readonly Entry[], random: () => number): Model {
  let model = emptyModel();
  while (model.lastSeq < entries.length) {
    const from = Math.max(0, model.lastSeq - Math.floor(random() * 3));
    const to = Math.max(model.lastSeq + 1, from + 1 + Math.floor(random() * 6));
    model = fold(model, entries.slice(from, to));
  }
  return model;
}

/** Numbers that look random and are the same in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
