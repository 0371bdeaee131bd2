import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { processorField, typeOf } from "@/asl/walk.ts";
import { freeName } from "@/document/places.ts";

/** States under names that are free, inner ones too, and how each is called now; these names are taken from then on. */
export function withFreeNames(
  taken: Set<string>,
  states: Readonly<Record<string, Json>>,
): { readonly states: JsonObject; readonly names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>();
  for (const name of Object.keys(states)) {
    const free = freeName(taken, name);
    taken.add(free);
    names.set(name, free);
  }
  const renamed = Object.entries(states).map(([name, state]) => [
    names.get(name) ?? name,
    isObject(state) ? renameTargets(insideWithFreeNames(taken, state), names) : state,
  ]);
  return { states: Object.fromEntries(renamed) as JsonObject, names };
}

/** The state with the names inside it made free. */
export function insideWithFreeNames(taken: Set<string>, state: JsonObject): JsonObject {
  if (typeOf(state) === "Parallel" && Array.isArray(state["Branches"]))
    return { ...state, Branches: state["Branches"].map((branch) => scopeWithFreeNames(taken, branch)) };
  if (typeOf(state) !== "Map") return state;
  const field = processorField(state);
  const processor = state[field];
  return processor === undefined ? state : { ...state, [field]: scopeWithFreeNames(taken, processor) };
}

function scopeWithFreeNames(taken: Set<string>, scope: Json): Json {
  if (!isObject(scope) || !isObject(scope["States"])) return scope;
  const { states, names } = withFreeNames(taken, scope["States"]);
  const start = scope["StartAt"];
  return {
    ...scope,
    ...(typeof start === "string" ? { StartAt: names.get(start) ?? start } : {}),
    States: states,
  };
}

/** A state whose transitions follow renamed targets. */
export function renameTargets(state: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const led = (holder: JsonObject, fields: readonly string[]): JsonObject => {
    const result = { ...holder };
    for (const field of fields) {
      const target = holder[field];
      if (typeof target === "string") result[field] = names.get(target) ?? target;
    }
    return result;
  };
  const result = led(state, ["Next", "Default"]);
  for (const field of ["Choices", "Catch"]) {
    const items = state[field];
    if (Array.isArray(items))
      result[field] = items.map((item) => (isObject(item) ? led(item, ["Next"]) : item));
  }
  return result;
}
