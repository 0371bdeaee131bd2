import { isObject, type Json, type JsonObject } from "@/asl/types.ts";

const COMPARISONS: Record<string, string> = {
  Equals: "is",
  LessThan: "is less than",
  LessThanEquals: "is at most",
  GreaterThan: "is more than",
  GreaterThanEquals: "is at least",
  Matches: "is like",
};
const TIMES: Record<string, string> = {
  Equals: "is",
  LessThan: "is before",
  LessThanEquals: "is not after",
  GreaterThan: "is after",
  GreaterThanEquals: "is not before",
};
const TESTS: Record<string, [string, string]> = {
  IsNull: ["is null", "is not null"],
  IsPresent: ["is there", "is not there"],
  IsNumeric: ["is a number", "is no number"],
  IsString: ["is a text", "is no text"],
  IsBoolean: ["is true or false", "is neither true nor false"],
  IsTimestamp: ["is a time", "is no time"],
};

/** The operators a JSONPath rule may use, without `Path` endings. */
export const RULE_OPERATORS: readonly string[] = [
  ...["String", "Numeric", "Timestamp"].flatMap((type) =>
    ["Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((how) => type + how),
  ),
  "StringMatches",
  "BooleanEquals",
  ...Object.keys(TESTS),
];

/** An operator as people say it: "StringEquals" is "text is". */
export function operatorInWords(operator: string): string {
  const test = TESTS[operator];
  if (test) return test[0];
  const [, type = "", how = ""] = /^(String|Numeric|Timestamp|Boolean)(\w+)$/.exec(operator) ?? [];
  const noun =
    { String: "text", Numeric: "number", Timestamp: "time", Boolean: "yes or no" }[type] ?? operator;
  const verb = (type === "Timestamp" ? TIMES : COMPARISONS)[how] ?? how;
  return `${noun} ${verb}`;
}

/** A Choice Rule in words, whole; see `short` for the label of an edge. */
export function ruleInWords(rule: JsonObject): string {
  if (typeof rule["Comment"] === "string" && rule["Comment"].length <= 40) return rule["Comment"];
  if (typeof rule["Condition"] === "string") return conditionInWords(rule["Condition"]);
  for (const [field, glue] of [
    ["And", " and "],
    ["Or", " or "],
  ] as const) {
    const rules = rule[field];
    if (Array.isArray(rules)) return rules.filter(isObject).map(ruleInWords).join(glue);
  }
  if (isObject(rule["Not"])) return `not: ${ruleInWords(rule["Not"])}`;
  const variable = lastName(typeof rule["Variable"] === "string" ? rule["Variable"] : "");
  for (const [operator, value] of Object.entries(rule)) {
    const test = TESTS[operator];
    if (test) return `${variable} ${test[value === false ? 1 : 0]}`;
    const found =
      /^(String|Numeric|Timestamp|Boolean)(Equals|LessThanEquals|LessThan|GreaterThanEquals|GreaterThan|Matches)(Path)?$/.exec(
        operator,
      );
    if (!found) continue;
    const [, type, how = "", path] = found;
    const verb = (type === "Timestamp" ? TIMES : COMPARISONS)[how] ?? how;
    return `${variable} ${verb} ${path ? lastName(String(value)) : valueInWords(value)}`;
  }
  return "no condition yet";
}

/** A JSONata condition, as near to words as its own text allows. */
function conditionInWords(condition: string): string {
  const text = condition.replace(/^\s*\{%\s*/, "").replace(/\s*%\}\s*$/, "");
  if (text === "") return "no condition yet";
  return text
    .replace(/\$states\.(input|result|context)\.([A-Za-z_][\w.]*)/g, (_, __, rest: string) => lastName(rest))
    .replace(/\$([A-Za-z_]\w*)((?:\.\w+)*)(?!\s*\()/g, (_, name: string, rest: string) =>
      lastName(name + rest),
    )
    .replace(/\s*!=\s*/g, " is not ")
    .replace(/\s*>=\s*/g, " is at least ")
    .replace(/\s*<=\s*/g, " is at most ")
    .replace(/\s*=\s*/g, " is ")
    .replace(/\s+>\s+/g, " is more than ")
    .replace(/\s+<\s+/g, " is less than ")
    .replace(/(["'])([^"']*)\1/g, "$2")
    .replace(/\s+/g, " ")
    .trim();
}

function lastName(path: string): string {
  const steps = path.replace(/\[[^\]]*\]/g, "").split(".");
  return (steps.at(-1) ?? path).replace(/^\$+/, "") || "input";
}

function valueInWords(value: Json): string {
  return typeof value === "string" ? value || "empty" : JSON.stringify(value);
}

const ERRORS: Record<string, string> = {
  "States.ALL": "any error",
  "States.TaskFailed": "task failed",
  "States.Timeout": "time is up",
  "States.HeartbeatTimeout": "no heartbeat",
  "States.Permissions": "not permitted",
  "States.BranchFailed": "a branch failed",
  "States.ExceedToleratedFailureThreshold": "too many failures",
  "States.ItemReaderFailed": "items unreadable",
  "States.ResultWriterFailed": "results unwritten",
  "States.DataLimitExceeded": "too much data",
  "States.Runtime": "runtime error",
  "States.NoChoiceMatched": "no rule matched",
  "States.QueryEvaluationError": "expression failed",
  "States.IntrinsicFailure": "intrinsic failed",
  "States.Http.Socket": "connection failed",
};

export const KNOWN_ERRORS: readonly string[] = Object.keys(ERRORS);

/** An error name in words: "States.ALL" is "any error", "Http.StatusCode.503" is "status 503". */
export function errorInWords(name: string): string {
  const status = /StatusCode\.(\d+)$/.exec(name);
  if (status) return `status ${status[1]}`;
  return ERRORS[name] ?? name.replace(/^States\./, "");
}

/** What a Retrier or Catcher answers to, in words. */
export function errorsInWords(catcher: JsonObject): string {
  const names = catcher["ErrorEquals"];
  if (!Array.isArray(names) || names.length === 0) return "no error named";
  return names.map((name) => errorInWords(String(name))).join(", ");
}

/** A span as the screens write it: "0.3 s", "2 min 5 s", "3 days". */
export function secondsInWords(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const parts: [number, string][] = [
    [Math.floor(seconds / 86400), "day"],
    [Math.floor((seconds % 86400) / 3600), "hour"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [Math.floor(seconds % 60), "s"],
  ];
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(
      ([count, unit]) =>
        `${count} ${unit}${count > 1 && unit.length > 3 ? "s" : unit === "day" && count > 1 ? "s" : ""}`,
    )
    .join(" ");
}

/** A text cut to `length` characters, with an ellipsis in place of what is gone. */
export function short(text: string, length = 28): string {
  return text.length <= length ? text : text.slice(0, length - 1).trimEnd() + "…";
}

/** True where a text is a JSONata expression between its marks. */
export function isExpression(value: Json | undefined): value is string {
  return typeof value === "string" && /^\{%[\s\S]*%\}$/.test(value.trim());
}

/** The name of a field in a payload, without the sign that its value is computed: "Prompt.$" is Prompt. */
export function plainName(key: string): string {
  return key.replace(/\.\$$/, "");
}

/** A JSONata expression without its marks. */
export function inside(expression: string): string {
  return expression.replace(/^\s*\{%\s?/, "").replace(/\s?%\}\s*$/, "");
}
