import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { allStates, statesOf, transitionsOf, type Scope } from "@/asl/walk.ts";

/** The names of all variables that a definition assigns, in states, rules and Catchers, sorted. */
export function assignedIn(definition: JsonObject): string[] {
  const names = new Set<string>();
  for (const { state } of allStates(definition)) {
    const holders = [state, ...["Choices", "Catch"].flatMap((field) => listOf(state[field]))];
    for (const holder of holders) for (const name of namesIn(holder)) names.add(name);
  }
  return [...names].sort();
}

/** A variable that a state may read, and the states that may have set it. */
export interface VisibleVariable {
  readonly name: string;
  readonly from: readonly string[];
}

/** What the state at a path may read: what is set on some way to it, in its own scope or one around it. */
export function visibleAt(definition: JsonObject, path: Path): VisibleVariable[] {
  const found = new Map<string, Set<string>>();
  for (const { scope, name } of scopesAround(definition, path))
    for (const [variable, setter] of setBefore(scope, name))
      found.set(variable, (found.get(variable) ?? new Set()).add(setter));
  return [...found]
    .map(([name, from]) => ({ name, from: [...from] }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** The scopes that a path goes through, from the machine inwards, each with the state in it that the path takes. */
function scopesAround(definition: JsonObject, path: Path): { scope: Scope; name: string }[] {
  const found: { scope: Scope; name: string }[] = [];
  let value: Json | undefined = definition;
  for (let at = 0; at < path.length && isObject(value) && path[at] === "States";) {
    const name = String(path[at + 1]);
    found.push({ scope: { path: path.slice(0, at), id: String(at), value, owner: null }, name });
    const states: Json | undefined = value["States"];
    const state: Json | undefined = isObject(states) ? states[name] : undefined;
    const inner = path[at + 2];
    if (!isObject(state) || inner === undefined) break;
    const holder: Json | undefined = state[String(inner)];
    const listed = Array.isArray(holder);
    value = listed ? holder[Number(path[at + 3])] : holder;
    at += listed ? 4 : 3;
  }
  return found;
}

/** Each variable set on a way to a state within its scope, with the state that sets it. */
function setBefore(scope: Scope, name: string): [variable: string, setter: string][] {
  const edges = statesOf(scope).flatMap((at) =>
    transitionsOf(at.state).map(({ kind, target, field }) => ({
      from: at.name,
      target,
      // A rule and a Catcher set their own variables in place of the state's.
      names: namesIn(kind === "choice" || kind === "catch" ? holderOf(at.state, field) : at.state),
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

function holderOf(state: JsonObject, field: Path): JsonObject {
  const [list, index] = field;
  return listOf(state[String(list)])[Number(index)] ?? {};
}

function namesIn(holder: JsonObject): string[] {
  const assign = holder["Assign"];
  return isObject(assign) ? Object.keys(assign).map((name) => name.replace(/\.\$$/, "")) : [];
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map((each) => (isObject(each) ? each : {})) : [];
}
