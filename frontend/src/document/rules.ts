import { isObject, valueAt, type JsonObject, type Path } from "@/asl/types.ts";
import { mayCatch, typeOf } from "@/asl/walk.ts";
import { samePath } from "@/document/document.ts";
import {
  nameOf,
  scopeOfState,
  scopePath,
  scopeStates,
  stateAt,
  type Fragment,
  type Place,
} from "@/document/places.ts";

/** Each rule answers null for "allowed" or a sentence that says why not. */
export type Refusal = string | null;

export const LONGEST_NAME = 80;
export const LEAVES_BRANCH = "A transition cannot enter or leave a branch.";

export function mayConnect(definition: JsonObject, from: Path, to: Path, how: "next" | "catch"): Refusal {
  const state = stateAt(definition, from);
  if (!state || !stateAt(definition, to)) return "There is no such state.";
  const type = typeOf(state);
  if (type === "Succeed" || type === "Fail") return `${type} ends the execution, nothing follows it.`;
  if (!samePath(scopeOfState(from), scopeOfState(to))) return LEAVES_BRANCH;
  if (how === "catch" && !mayCatch(state)) return "Only Task, Parallel and Map states catch errors.";
  if (how === "next" && type !== "Choice" && samePath(from, to))
    return "A state that follows itself would never end.";
  return null;
}

export function mayInsert(definition: JsonObject, place: Place, fragment: Fragment): Refusal {
  const ends = Object.values(fragment.states).every(
    (state) => typeOf(state) === "Succeed" || typeOf(state) === "Fail",
  );
  if (!ends) return null;
  const type = Object.values(fragment.states)[0]?.["Type"];
  const follows =
    place.kind === "transition"
      ? place.fields.some((field) => String(valueAt(definition, [...place.state, ...field]) ?? "") !== "")
      : place.kind === "start" && Object.keys(scopeStates(definition, place.scope)).length > 0;
  return follows
    ? `${String(type)} ends the execution: put it where nothing follows, or beside and connect it.`
    : null;
}

export function mayMove(definition: JsonObject, state: Path, place: Place): Refusal {
  const moved = stateAt(definition, state);
  if (!moved) return "There is no such state.";
  const target = scopePath(place);
  if (target.length >= state.length && samePath(target.slice(0, state.length), state))
    return "A state cannot go into itself.";
  if ((place.kind === "transition" || place.kind === "end") && samePath(place.state, state))
    return "It is here already.";
  if (place.kind === "transition") {
    const to = place.fields.map((field) => valueAt(definition, [...place.state, ...field]));
    if (to.includes(nameOf(state)) && samePath(scopeOfState(place.state), scopeOfState(state)))
      return "It is here already.";
  }
  return mayInsert(definition, place, { startAt: "", states: { "": moved } });
}

export function mayRename(taken: ReadonlySet<string>, state: Path, name: string): Refusal {
  if (name === nameOf(state)) return null;
  if (name.trim() === "") return "A state needs a name.";
  if (name.length > LONGEST_NAME)
    return `A name has at most ${LONGEST_NAME} characters, this one has ${name.length}.`;
  if (taken.has(name)) return `Another state is called "${name}". Names are used once in a workflow.`;
  return null;
}

export function mayRemoveBranch(definition: JsonObject, state: Path): Refusal {
  const branches = valueAt(definition, [...state, "Branches"]);
  return Array.isArray(branches) && branches.filter(isObject).length > 1
    ? null
    : "A Parallel state needs one branch at least.";
}
