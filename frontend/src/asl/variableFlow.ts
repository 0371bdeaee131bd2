import type { JsonObject, Path, QueryLanguage } from "@/asl/types.ts";
import { assignedBy, assignedOn, variablesRead } from "@/asl/variables.ts";
import { isTerminal, scopeAt, statesAlong, statesOf, transitionsOf, typeOf, type Scope } from "@/asl/walk.ts";

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
  const ways = transitionsOf(state).map((way): FlowWay => {
    return { to: way.target, assigned: assignedOn(state, way) };
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

/** A variable that a state may read, and the states that may have set it. */
export interface VisibleVariable {
  readonly name: string;
  readonly from: readonly string[];
}

/** What the state at a path may read: what is set on some way to it, in its own scope or one around it. */
export function visibleAt(definition: JsonObject, path: Path): VisibleVariable[] {
  const found = new Map<string, Set<string>>();
  for (const at of statesAlong(path))
    for (const [variable, setter] of setBefore(scopeAt(definition, at.slice(0, -2)), String(at.at(-1))))
      found.set(variable, (found.get(variable) ?? new Set()).add(setter));
  return [...found]
    .map(([name, from]) => ({ name, from: [...from] }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Each variable set on a way to a state within its scope, with the state that sets it. */
function setBefore(scope: Scope, name: string): [variable: string, setter: string][] {
  const edges = statesOf(scope).flatMap((at) =>
    transitionsOf(at.state).map((way) => ({
      from: at.name,
      target: way.target,
      names: assignedOn(at.state, way),
    })),
  );
  const found: [string, string][] = [];
  const seen = new Set<string>();
  const agenda = [name];
  for (let state = agenda.pop(); state !== undefined; state = agenda.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    for (const edge of edges)
      if (edge.target === state) {
        for (const variable of edge.names) found.push([variable, edge.from]);
        agenda.push(edge.from);
      }
  }
  return found;
}
