import { isObject, type Json, type JsonObject, type QueryLanguage } from "@/asl/types.ts";

const UNDECIDED = "{% false %}";

/** A rule with nothing to decide yet. Without a target it leads nowhere; the problems list asks for one. */
export function undecidedRule(language: QueryLanguage, to = ""): JsonObject {
  return language === "JSONata"
    ? { Condition: UNDECIDED, Next: to }
    : { Variable: "$.value", StringEquals: "", Next: to };
}

/** A Choice state whose undecided rules are in JSONPath. */
export function undecidedInPaths(state: JsonObject): JsonObject {
  const rules = state["Choices"];
  if (!Array.isArray(rules)) return state;
  const turned = rules.map((rule): Json => {
    if (!isObject(rule) || rule["Condition"] !== UNDECIDED) return rule;
    return undecidedRule("JSONPath", typeof rule["Next"] === "string" ? rule["Next"] : "");
  });
  return { ...state, Choices: turned };
}
