import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import type { Fragment } from "@/document/places.ts";

const JSONATA_FIELDS = ["Arguments", "Output", "Items", "Condition"];

/** The fragment with each state that speaks JSONata marked so, where the machine's own language is JSONPath. */
export function adaptLanguage(definition: JsonObject, fragment: Fragment): Fragment {
  if (definition["QueryLanguage"] === "JSONata") return fragment;
  const states = Object.entries(fragment.states).map(
    ([name, state]) =>
      [name, "QueryLanguage" in state || !speaksJsonata(state) ? state : marked(state)] as const,
  );
  return { ...fragment, states: Object.fromEntries(states) };
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
