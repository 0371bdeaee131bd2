import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { HOLDS_STATES } from "@/asl/walk.ts";
import type { Fragment } from "@/document/places.ts";
import { undecidedInPaths } from "@/document/undecided.ts";

const JSONATA_FIELDS = ["Arguments", "Output", "Items", "Condition"];

/** The fragment with each state that speaks JSONata marked so, where the machine's own language is JSONPath. */
export function adaptLanguage(definition: JsonObject, fragment: Fragment): Fragment {
  if (definition["QueryLanguage"] === "JSONata") return fragment;
  return { ...fragment, states: adaptedStates(fragment.states) };
}

function adaptedStates<T extends Readonly<Record<string, Json>>>(states: T): Record<keyof T, JsonObject> {
  return Object.fromEntries(
    Object.entries(states).map(([name, state]) => [name, isObject(state) ? inPathMachine(state) : state]),
  ) as Record<keyof T, JsonObject>;
}

/** The state as it stands in a JSONPath machine: it and those inside it each marked where it speaks JSONata. */
export function inPathMachine(given: JsonObject): JsonObject {
  const state = "QueryLanguage" in given ? given : undecidedInPaths(given);
  const whole = Object.fromEntries(
    Object.entries(state).map(([key, value]) => [
      key,
      HOLDS_STATES.includes(key) ? adaptedScopes(value) : value,
    ]),
  );
  const own = Object.entries(state).filter(([key]) => !HOLDS_STATES.includes(key));
  return "QueryLanguage" in state || !speaksJsonata(Object.fromEntries(own)) ? whole : marked(whole);
}

function adaptedScopes(value: Json): Json {
  if (Array.isArray(value)) return value.map(adaptedScopes);
  if (!isObject(value) || !isObject(value["States"])) return value;
  return { ...value, States: adaptedStates(value["States"]) };
}

function marked(state: JsonObject): JsonObject {
  const { Type, ...rest } = state;
  return { ...(Type === undefined ? {} : { Type }), QueryLanguage: "JSONata", ...rest };
}

function speaksJsonata(value: Json): boolean {
  if (Array.isArray(value)) return value.some(speaksJsonata);
  if (isObject(value))
    return Object.entries(value).some(([key, item]) => JSONATA_FIELDS.includes(key) || speaksJsonata(item));
  return typeof value === "string" && value.startsWith("{%");
}
