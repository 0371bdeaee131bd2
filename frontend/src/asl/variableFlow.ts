import { valueAt, type JsonObject, type QueryLanguage } from "@/asl/types.ts";
import { isTerminal, statesOf, transitionsOf, typeOf, type Scope } from "@/asl/walk.ts";
import { assignedBy, variablesRead } from "@/asl/variableNames.ts";

/** One way out of a state, with what is assigned on it. */
export interface FlowWay {
  /** Null where the scope ends. */
  readonly to: string | null;
  readonly assigned: readonly string[];
}

/** What a state does with variables. */
export interface FlowState {
  readonly read: ReadonlySet<string>;
  readonly ways: readonly FlowWay[];
}

export type Flow = ReadonlyMap<string, FlowState>;

type Names = ReadonlySet<string>;

/** How variables pass through the states of a scope. */
export function flowOf(scope: Scope, language: QueryLanguage): Flow {
  return new Map(
    statesOf(scope).map(({ name, state }) => [
      name,
      { read: variablesRead(state, language), ways: waysOf(state) },
    ]),
  );
}

function waysOf(state: JsonObject): FlowWay[] {
  // Nothing is read any more after a failure.
  if (typeOf(state) === "Fail") return [];
  const ways = transitionsOf(state).map(({ kind, target, field }): FlowWay => {
    const holder = kind === "choice" || kind === "catch" ? valueAt(state, field.slice(0, -1)) : state;
    return { to: target, assigned: assignedBy(holder) };
  });
  const goesOn = ways.length > 0 && typeOf(state) === "Choice";
  const ends = isTerminal(state) || (!goesOn && typeof state["Next"] !== "string");
  return ends ? [...ways, { to: null, assigned: assignedBy(state) }] : ways;
}

/** For each state that is reached, the variables that have a value there, whichever way was taken. */
export function surelyAssigned(flow: Flow, start: string, given: Names): ReadonlyMap<string, Names> {
  return forward(flow, start, given, (one, other) => new Set([...one].filter((name) => other.has(name))));
}

/** For each state that is reached, the variables that may have a value there. */
export function perhapsAssigned(flow: Flow, start: string, given: Names): ReadonlyMap<string, Names> {
  return forward(flow, start, given, (one, other) => new Set([...one, ...other]));
}

function forward(
  flow: Flow,
  start: string,
  given: Names,
  meet: (one: Names, other: Names) => Names,
): ReadonlyMap<string, Names> {
  const found = new Map<string, Names>([[start, given]]);
  const agenda = [start];
  for (let at = agenda.shift(); at !== undefined; at = agenda.shift()) {
    const here = found.get(at) ?? given;
    for (const { to, assigned } of flow.get(at)?.ways ?? []) {
      if (to === null || !flow.has(to)) continue;
      const before = found.get(to);
      const after = new Set([...here, ...assigned]);
      const met = before ? meet(before, after) : after;
      if (before?.size === met.size) continue;
      found.set(to, met);
      agenda.push(to);
    }
  }
  return found;
}

/** For each state, the variables whose value may still be read from there on, before they are assigned anew. */
export function stillRead(flow: Flow): ReadonlyMap<string, Names> {
  const found = new Map<string, Names>([...flow].map(([name, { read }]) => [name, read]));
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, { read, ways }] of flow) {
      const next = new Set(read);
      for (const { to, assigned } of ways)
        for (const each of (to !== null && found.get(to)) || []) if (!assigned.includes(each)) next.add(each);
      if (next.size !== found.get(name)?.size) {
        found.set(name, next);
        changed = true;
      }
    }
  }
  return found;
}
