import { isObject, type Json, type JsonObject } from "@/asl/types.ts";

export type RuleKind = "one" | "And" | "Or" | "Not";

/** Whether a JSONPath rule is one comparison or joins others. */
export function kindOf(rule: JsonObject): RuleKind {
  return (["And", "Or", "Not"] as const).find((kind) => kind in rule) ?? "one";
}

/** What every rule may have beside its condition, and what only the outermost has. */
const BESIDE = ["Comment", "Assign", "Output", "Next"];

/** The rule as another kind, keeping its tests: a single one becomes the first of several, and back. */
export function withKind(rule: JsonObject, kind: RuleKind): JsonObject {
  const before = kindOf(rule);
  if (before === kind) return rule;
  const beside = Object.fromEntries(Object.entries(rule).filter(([name]) => BESIDE.includes(name)));
  const condition = Object.fromEntries(Object.entries(rule).filter(([name]) => !BESIDE.includes(name)));
  const { Next, ...ahead } = beside as JsonObject;
  const whole = (made: JsonObject): JsonObject => ({
    ...ahead,
    ...made,
    ...(Next === undefined ? {} : { Next }),
  });
  const tests = testsOf(rule, before, condition);
  const first = tests[0] ?? { Variable: "$.", IsPresent: true };
  switch (kind) {
    case "one":
      return whole(innermost(first));
    case "Not":
      return whole({ Not: before === "one" ? condition : tests.length === 1 ? first : condition });
    default:
      return whole({
        [kind]: before === "And" || before === "Or" ? tests : [before === "Not" ? { Not: first } : first],
      });
  }
}

function testsOf(rule: JsonObject, kind: RuleKind, condition: JsonObject): JsonObject[] {
  if (kind === "one") return [condition];
  const held: Json | undefined = rule[kind];
  if (kind === "Not") return isObject(held) ? [held] : [];
  return Array.isArray(held) ? held.filter(isObject) : [];
}

function innermost(rule: JsonObject): JsonObject {
  const kind = kindOf(rule);
  if (kind === "one") return rule;
  const [first] = testsOf(rule, kind, rule);
  return first ? innermost(first) : { Variable: "$.", IsPresent: true };
}
