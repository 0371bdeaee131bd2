import { isObject, toPointer, valueAt, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { processorField, scopesOf, typeOf } from "@/asl/walk.ts";
import { withEdits, withPositions, type WorkflowDocument } from "@/document/document.ts";
import type { Edit } from "@/document/json.ts";
import {
  freeName,
  nameOf,
  scopePath,
  scopeStates,
  stateAt,
  takenNames,
  type Fragment,
  type Place,
} from "@/document/places.ts";
import { connect } from "@/document/commands/connect.ts";
import { fieldEdits, setFields } from "@/document/commands/setField.ts";

export interface Inserted {
  readonly document: WorkflowDocument;
  /** The new states, by path, the first one first. */
  readonly states: readonly Path[];
}

/**
 * Puts a fragment at a place: what led there leads to its start, and its loose ends lead on from there.
 * Rules and Catchers that lead to a state of `kept` stay as they are.
 */
export function insert(
  document: WorkflowDocument,
  place: Place,
  fragment: Fragment,
  kept: ReadonlySet<string> = new Set(),
): Inserted {
  const scope = scopePath(place);
  const { states, startAt } = withFreeNames(document.definition, fragment);
  const target = targetOf(document.definition, place);
  const joined = Object.entries(states).map(
    ([name, state]) => [name, leadOn(state, states, place.kind === "free" ? null : target, kept)] as const,
  );
  const edits: Edit[] = [];
  if (!isObject(valueAt(document.definition, [...scope, "States"])))
    edits.push(...fieldEdits(document.definition, [...scope, "States"], {}));
  let after = "state" in place ? nameOf(place.state) : undefined;
  const start = place.kind === "start" ? startAt : null;
  for (const [name, state] of joined) {
    edits.push({
      op: "set",
      path: [...scope, "States", name],
      value: state,
      ...(after === undefined ? {} : { after }),
    });
    after = name;
  }
  let edited = withEdits(document, edits);
  if (
    start !== null ||
    !(stringAt(edited.definition, [...scope, "StartAt"]) in scopeStates(edited.definition, scope))
  )
    edited = setFields(edited, [[[...scope, "StartAt"], start ?? startAt]]);
  if (place.kind === "transition")
    edited = setFields(
      edited,
      place.fields.map((field) => [[...place.state, ...field], startAt] as const),
    );
  if (place.kind === "end")
    edited = setFields(edited, [
      [[...place.state, "End"], undefined],
      [[...place.state, "Next"], startAt],
    ]);
  if (place.kind === "way") edited = connect(edited, place.state, startAt, place.how);
  if ((place.kind === "free" || place.kind === "way") && place.at)
    edited = withPositions(edited, { ...edited.layout.positions, [startAt]: place.at });
  const order = [startAt, ...Object.keys(states).filter((name) => name !== startAt)];
  return { document: edited, states: order.map((name) => [...scope, "States", name]) };
}

function stringAt(definition: JsonObject, path: Path): string {
  const found = valueAt(definition, path);
  return typeof found === "string" ? found : "";
}

/** The state that comes after what is put at a place; null where nothing does. */
export function targetOf(definition: JsonObject, place: Place): string | null {
  switch (place.kind) {
    case "start": {
      const start = stringAt(definition, [...place.scope, "StartAt"]);
      return start in scopeStates(definition, place.scope) ? start : null;
    }
    case "transition": {
      const target = valueAt(definition, [...place.state, ...(place.fields[0] ?? [])]);
      return typeof target === "string" && stateAt(definition, [...scopePath(place), "States", target])
        ? target
        : null;
    }
    case "way": {
      // A state has one Next: what followed comes after what is put between. All other ways are new ones.
      const next = place.how === "next" && stringAt(definition, [...place.state, "Next"]);
      return next && next in scopeStates(definition, scopePath(place)) ? next : null;
    }
    default:
      return null;
  }
}

/** The state with its loose ends led to the target, or ending where there is none. */
function leadOn(
  state: JsonObject,
  siblings: Readonly<Record<string, JsonObject>>,
  target: string | null,
  kept: ReadonlySet<string>,
): JsonObject {
  const type = typeOf(state);
  if (type === "Succeed" || type === "Fail") return state;
  const result: JsonObject = { ...state };
  const inside = (name: Json | undefined): boolean => typeof name === "string" && name in siblings;
  const stays = (name: Json | undefined): boolean =>
    inside(name) || (typeof name === "string" && kept.has(name));
  if (type === "Choice") {
    if (Array.isArray(state["Choices"])) {
      // What was decided is kept; where it led is open, where nothing follows.
      result["Choices"] = state["Choices"].map((rule): Json =>
        !isObject(rule) || rule["Next"] === "" || stays(rule["Next"])
          ? rule
          : { ...rule, Next: target ?? "" },
      );
    }
    if (!inside(state["Default"])) {
      if (target !== null) result["Default"] = target;
      else if (state["Default"] !== "" && !stays(state["Default"])) delete result["Default"];
    }
  } else if (!inside(state["Next"])) {
    delete result["Next"];
    delete result["End"];
    if (target === null) result["End"] = true;
    else result["Next"] = target;
  }
  if (Array.isArray(state["Catch"]))
    result["Catch"] = state["Catch"].map((catcher) =>
      !isObject(catcher) || stays(catcher["Next"]) ? catcher : { ...catcher, Next: "" },
    );
  return result;
}

/** The fragment with every name, inner ones too, made free in the definition. */
function withFreeNames(definition: JsonObject, fragment: Fragment): Fragment {
  const { states, names } = freeNaming(takenNames(definition)).renameAll(fragment.states as JsonObject);
  return {
    startAt: names.get(fragment.startAt) ?? fragment.startAt,
    states: states as Record<string, JsonObject>,
  };
}

/** The state with the names inside it made free. */
export function insideWithFreeNames(taken: Set<string>, state: JsonObject): JsonObject {
  return freeNaming(taken).inner(state);
}

/** Renames states, and what leads to them, wherever their name is taken; what it gives is taken from then on. */
function freeNaming(taken: Set<string>) {
  const renameAll = (states: JsonObject): { states: JsonObject; names: Map<string, string> } => {
    const names = new Map<string, string>();
    for (const name of Object.keys(states)) {
      const free = freeName(taken, name);
      taken.add(free);
      names.set(name, free);
    }
    const renamed: JsonObject = {};
    for (const [name, state] of Object.entries(states))
      renamed[names.get(name) ?? name] = isObject(state) ? renameTargets(inner(state), names) : state;
    return { states: renamed, names };
  };
  const renameScope = (scope: Json | undefined): Json => {
    if (!isObject(scope) || !isObject(scope["States"])) return scope ?? {};
    const { states, names } = renameAll(scope["States"]);
    const start = scope["StartAt"];
    return {
      ...scope,
      ...(typeof start === "string" ? { StartAt: names.get(start) ?? start } : {}),
      States: states,
    };
  };
  const inner = (state: JsonObject): JsonObject => {
    if (typeOf(state) === "Parallel" && Array.isArray(state["Branches"]))
      return { ...state, Branches: state["Branches"].map(renameScope) };
    if (typeOf(state) === "Map") {
      const field = processorField(state);
      return state[field] === undefined ? state : { ...state, [field]: renameScope(state[field]) };
    }
    return state;
  };
  return { renameAll, inner };
}

/** A state whose transitions follow renamed targets. */
export function renameTargets(state: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const renamed = (value: Json | undefined): Json | undefined =>
    typeof value === "string" ? (names.get(value) ?? value) : value;
  const list = (value: Json[]): Json[] =>
    value.map((item) =>
      isObject(item) && typeof item["Next"] === "string"
        ? { ...item, Next: renamed(item["Next"]) as Json }
        : item,
    );
  const result: JsonObject = { ...state };
  for (const field of ["Next", "Default"])
    if (typeof state[field] === "string") result[field] = renamed(state[field]) as Json;
  for (const field of ["Choices", "Catch"]) {
    const items = state[field];
    if (Array.isArray(items)) result[field] = list(items);
  }
  return result;
}

/** The pointers of the scopes inside a state. */
export function innerScopeIds(definition: JsonObject, path: Path): string[] {
  const state = stateAt(definition, path);
  if (!state) return [];
  const scope = { path: path.slice(0, -2), id: toPointer(path.slice(0, -2)), value: {}, owner: null };
  return scopesOf({ name: nameOf(path), path, state, scope }).map(({ id }) => id);
}
