import {
  isObject,
  isStateType,
  toPointer,
  valueAt,
  type Json,
  type JsonObject,
  type Path,
  type QueryLanguage,
  type StateType,
} from "@/asl/types.ts";

/** A set of states with a start: the machine itself, a branch of a Parallel state, or the processor of a Map state. */
export interface Scope {
  readonly path: Path;
  /** The JSON pointer of `path`: the scope's identity. */
  readonly id: string;
  readonly value: JsonObject;
}

export interface StateAt {
  readonly name: string;
  readonly path: Path;
  readonly scope: Scope;
  readonly state: JsonObject;
}

/** One way out of a state. `field` leads from the state to the name of the target. */
export interface Transition {
  readonly kind: "next" | "choice" | "default" | "catch";
  readonly target: string;
  readonly field: Path;
}

/** The fields in which a state holds others. */
export const HOLDS_STATES: readonly string[] = ["Branches", "ItemProcessor", "Iterator"];

export function rootScope(definition: JsonObject): Scope {
  return { path: [], id: "", value: definition };
}

/** The scope at a path; without states where there is none. */
export function scopeAt(definition: JsonObject, path: Path): Scope {
  const value = valueAt(definition, path);
  return { path, id: toPointer(path), value: isObject(value) ? value : {} };
}

/** The states that a path leads through, from the outside in, each as the way to it. */
export function statesAlong(path: Path): Path[] {
  const found: Path[] = [];
  for (let at = 0; at + 1 < path.length; at++)
    if (path[at] === "States") {
      found.push(path.slice(0, at + 2));
      // What is called "States" may be a state.
      at++;
    }
  return found;
}

/** The states of a scope, in the order in which they are written. */
export function statesOf(scope: Scope): StateAt[] {
  const states = scope.value["States"];
  if (!isObject(states)) return [];
  return Object.entries(states)
    .filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
    .map(([name, state]) => ({ name, state, scope, path: [...scope.path, "States", name] }));
}

/** The scopes inside a state: the branches of a Parallel, the processor of a Map; empty for all others. */
export function scopesOf(at: Pick<StateAt, "path" | "state">): Scope[] {
  const scope = (steps: Path, value: Json | undefined): Scope => {
    const path = [...at.path, ...steps];
    return { path, id: toPointer(path), value: isObject(value) ? value : {} };
  };
  switch (typeOf(at.state)) {
    case "Parallel": {
      const branches = at.state["Branches"];
      return Array.isArray(branches)
        ? branches.map((branch, index) => scope(["Branches", index], branch))
        : [];
    }
    case "Map": {
      const field = processorField(at.state);
      return [scope([field], at.state[field])];
    }
    default:
      return [];
  }
}

/** The field that holds a Map state's processor; `Iterator` is its old name. */
export function processorField(state: JsonObject): "ItemProcessor" | "Iterator" {
  return !isObject(state["ItemProcessor"]) && isObject(state["Iterator"]) ? "Iterator" : "ItemProcessor";
}

/** All states of a definition, outer ones before those inside them. */
export function allStates(definition: JsonObject): StateAt[] {
  const found: StateAt[] = [];
  const agenda: Scope[] = [rootScope(definition)];
  for (let scope = agenda.shift(); scope; scope = agenda.shift()) {
    for (const at of statesOf(scope)) {
      found.push(at);
      agenda.push(...scopesOf(at));
    }
  }
  return found;
}

export function allScopes(definition: JsonObject): Scope[] {
  return [rootScope(definition), ...allStates(definition).flatMap(scopesOf)];
}

export function typeOf(state: JsonObject): StateType | null {
  return isStateType(state["Type"]) ? state["Type"] : null;
}

export function isTerminal(state: JsonObject): boolean {
  return state["End"] === true || state["Type"] === "Succeed" || state["Type"] === "Fail";
}

/** The ways out of a state, in the order in which they are tried. */
export function transitionsOf(state: JsonObject): Transition[] {
  return waysOut(state).filter(({ target }) => target !== "");
}

/** The ways out of a state whose target is still to be chosen: an empty name says so. */
export function openTransitionsOf(state: JsonObject): Transition[] {
  return waysOut(state).filter(({ target }) => target === "");
}

function waysOut(state: JsonObject): Transition[] {
  const found: Transition[] = [];
  const take = (kind: Transition["kind"], target: Json | undefined, field: Path) => {
    if (typeof target === "string") found.push({ kind, target, field });
  };
  if (typeOf(state) === "Choice") {
    const choices = state["Choices"];
    if (Array.isArray(choices))
      choices.forEach((rule, index) => {
        if (isObject(rule)) take("choice", rule["Next"], ["Choices", index, "Next"]);
      });
    take("default", state["Default"], ["Default"]);
  } else {
    take("next", state["Next"], ["Next"]);
  }
  const catchers = state["Catch"];
  if (Array.isArray(catchers))
    catchers.forEach((catcher, index) => {
      if (isObject(catcher)) take("catch", catcher["Next"], ["Catch", index, "Next"]);
    });
  return found;
}

/** Which language a state's expressions are in: its own, else that of the machine, else JSONPath. */
export function queryLanguageOf(definition: JsonObject, state?: JsonObject): QueryLanguage {
  const language = state?.["QueryLanguage"] ?? definition["QueryLanguage"];
  return language === "JSONata" ? "JSONata" : "JSONPath";
}

export function mayCatch(state: JsonObject): boolean {
  const type = typeOf(state);
  return type === "Task" || type === "Parallel" || type === "Map";
}
