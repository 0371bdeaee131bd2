import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { allStates } from "@/asl/walk.ts";

/** The names of all variables that a definition assigns, in states, rules and Catchers, sorted. */
export function assignedIn(definition: JsonObject): string[] {
  const names = new Set<string>();
  const take = (holder: Json | undefined) => {
    if (!isObject(holder) || !isObject(holder["Assign"])) return;
    for (const name of Object.keys(holder["Assign"])) names.add(name.replace(/\.\$$/, ""));
  };
  for (const { state } of allStates(definition)) {
    take(state);
    for (const field of ["Choices", "Catch"]) {
      const list = state[field];
      if (Array.isArray(list)) list.forEach(take);
    }
  }
  return [...names].sort();
}
