import { isObject, valueAt, type Json, type JsonObject, type QueryLanguage } from "@/asl/types.ts";
import { expressionsIn, ownFields, variablesIn } from "@/asl/expressionReads.ts";
import { plainName } from "@/asl/words.ts";
import { allStates, scopesOf, statesOf, type Transition } from "@/asl/walk.ts";

/**
 * The variables that a state reads, those inside it included. Names that an expression binds for itself are
 * among them: one name too many does no harm where these are asked for, one too few would.
 */
export function variablesRead(state: JsonObject, language: QueryLanguage): Set<string> {
  const mine: QueryLanguage = state["QueryLanguage"] === "JSONata" ? "JSONata" : language;
  const found = new Set(expressionsIn(ownFields(state), mine).flatMap(variablesIn));
  for (const inner of scopesOf({ path: [], state }).flatMap(statesOf))
    for (const name of variablesRead(inner.state, language)) found.add(name);
  return found;
}

/** The names that something assigns: a state, a rule of a Choice, a Catcher. */
export function assignedBy(holder: Json | undefined): string[] {
  if (!isObject(holder) || !isObject(holder["Assign"])) return [];
  return Object.keys(holder["Assign"]).map(plainName);
}

/** What is assigned on one way out of a state: a rule and a Catcher set their own variables in place of the state's. */
export function assignedOn(state: JsonObject, { kind, field }: Transition): string[] {
  return assignedBy(kind === "choice" || kind === "catch" ? valueAt(state, field.slice(0, -1)) : state);
}

/** Everything that a state assigns in its own scope, whichever way it is left. */
export function assignedByState(state: JsonObject): string[] {
  const lists = ["Choices", "Catch"].flatMap((field): Json[] => {
    const list = state[field];
    return Array.isArray(list) ? list : [];
  });
  return [state, ...lists].flatMap(assignedBy);
}

/** The names of all variables that a definition assigns, in states, rules and Catchers, sorted. */
export function assignedIn(definition: JsonObject): string[] {
  return [...new Set(allStates(definition).flatMap(({ state }) => assignedByState(state)))].sort();
}
