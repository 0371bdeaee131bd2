import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { typeOf } from "@/asl/walk.ts";

/** Where an answer of an approval leads: a state, the end, or a Choice state that is not plain enough to say. */
export type Way = { readonly to: string } | { readonly to: null };

/**
 * Where each answer leads, as far as it can be read from the definition: the state after the approval, and where that
 * is a Choice state, the first rule that names the answer, or its default.
 */
export function whereAnswersLead(
  states: JsonObject,
  approval: JsonObject,
  values: readonly string[],
): Map<string, Way> {
  const next = typeof approval["Next"] === "string" ? approval["Next"] : null;
  const after = next === null ? undefined : states[next];
  if (!isObject(after) || typeOf(after) !== "Choice")
    return new Map(values.map((value) => [value, { to: next }]));
  const rules = (Array.isArray(after["Choices"]) ? after["Choices"] : []).filter(isObject);
  const rest = typeof after["Default"] === "string" ? after["Default"] : null;
  return new Map(
    values.map((value) => {
      for (const rule of rules) {
        const held = holdsFor(rule, value);
        if (held === null) return [value, { to: next }];
        if (held) return [value, { to: typeof rule["Next"] === "string" ? rule["Next"] : null }];
      }
      return [value, { to: rest ?? next }];
    }),
  );
}

/** Whether a rule holds for an answer; null where that takes more than its text. */
function holdsFor(rule: JsonObject, value: string): boolean | null {
  if (typeof rule["Condition"] === "string") return conditionHolds(rule["Condition"], value);
  if (typeof rule["StringEquals"] === "string") return rule["StringEquals"] === value;
  const parts: Json | undefined = rule["Or"];
  if (Array.isArray(parts)) {
    const held = parts.map((part) => (isObject(part) ? holdsFor(part, value) : null));
    return held.includes(true) ? true : held.includes(null) ? null : false;
  }
  return null;
}

const TEXT = `"[^"]*"|'[^']*'`;
const EQUALS = new RegExp(`^\\$?[\\w.$\\x60]+\\s*=\\s*(${TEXT})$`);
const AMONG = new RegExp(`^\\$?[\\w.$\\x60]+\\s+in\\s+\\[\\s*((?:${TEXT})(?:\\s*,\\s*(?:${TEXT}))*)\\s*\\]$`);

function conditionHolds(condition: string, value: string): boolean | null {
  const text = condition.replace(/^\s*\{%\s*/, "").replace(/\s*%\}\s*$/, "");
  const held = text.split(/\s+or\s+/).map((part) => {
    const found = EQUALS.exec(part.trim()) ?? AMONG.exec(part.trim());
    return found
      ? [...(found[1] ?? "").matchAll(new RegExp(TEXT, "g"))].some(([word]) => word.slice(1, -1) === value)
      : null;
  });
  return held.includes(true) ? true : held.includes(null) ? null : false;
}
