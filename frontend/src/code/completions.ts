import { STATE_TYPES } from "@/asl/types.ts";

export interface Completions {
  readonly from: number;
  readonly options: { label: string; detail?: string; apply: string; type: string }[];
}

const COMMON = [
  "Type",
  "Comment",
  "QueryLanguage",
  "Next",
  "End",
  "Assign",
  "Output",
  "InputPath",
  "OutputPath",
];
const FIELDS: Record<string, readonly string[]> = {
  Task: [
    "Resource",
    "Arguments",
    "Parameters",
    "Credentials",
    "ResultSelector",
    "ResultPath",
    "TimeoutSeconds",
    "HeartbeatSeconds",
    "Retry",
    "Catch",
  ],
  Pass: ["Result", "ResultPath", "Parameters"],
  Choice: ["Choices", "Default"],
  Wait: ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
  Fail: ["Error", "ErrorPath", "Cause", "CausePath"],
  Parallel: ["Branches", "Arguments", "Parameters", "ResultSelector", "ResultPath", "Retry", "Catch"],
  Map: [
    "ItemProcessor",
    "Items",
    "ItemsPath",
    "ItemSelector",
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "MaxConcurrency",
    "ToleratedFailureCount",
    "ToleratedFailurePercentage",
    "ResultSelector",
    "ResultPath",
    "Retry",
    "Catch",
  ],
  machine: ["Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"],
  Retrier: [
    "ErrorEquals",
    "IntervalSeconds",
    "MaxAttempts",
    "BackoffRate",
    "MaxDelaySeconds",
    "JitterStrategy",
  ],
  Catcher: ["ErrorEquals", "Next", "ResultPath", "Output", "Assign"],
  Rule: [
    "Condition",
    "Variable",
    "Next",
    "Assign",
    "Output",
    "And",
    "Or",
    "Not",
    "StringEquals",
    "NumericEquals",
    "BooleanEquals",
    "IsPresent",
    "StringMatches",
  ],
};

/** What can be written at this place: fields of the object around it, state types, names of states; a new state in States. */
export function completionsAt(text: string, offset: number, asked: boolean): Completions | null {
  const before = text.slice(0, offset);
  const word = /"?[\w.]*$/.exec(before)?.[0] ?? "";
  if (!asked && !word.startsWith('"')) return null;
  const from = offset - word.length;
  const closes = text[offset] === '"';
  const { keys, siblings } = around(text, from);
  const field = /"([^"]+)"\s*:\s*$/.exec(text.slice(0, from))?.[1];
  const value = (label: string, detail: string) => ({
    label,
    detail,
    apply: `"${label}${closes ? "" : '"'}`,
    type: "constant",
  });
  if (field !== undefined) {
    if (field === "Type") return { from, options: STATE_TYPES.map((type) => value(type, "state type")) };
    if (field === "QueryLanguage")
      return { from, options: ["JSONata", "JSONPath"].map((language) => value(language, "query language")) };
    if (field === "Next" || field === "Default" || field === "StartAt")
      return { from, options: stateNames(text).map((name) => value(name, "state")) };
    return null;
  }
  const container = keys.at(-1) ?? "";
  if (container === "States")
    return {
      from,
      options: STATE_TYPES.map((type) => ({
        label: `New ${type} state`,
        type: "class",
        apply: `"${type}": ${JSON.stringify(snippet(type))}`,
      })),
    };
  const kind =
    container === "Retry"
      ? "Retrier"
      : container === "Catch"
        ? "Catcher"
        : container === "Choices"
          ? "Rule"
          : keys.at(-2) === "States"
            ? (/"Type"\s*:\s*"(\w+)"/.exec(siblings)?.[1] ?? "")
            : "machine";
  const known = keys.at(-2) === "States" ? [...(FIELDS[kind] ?? []), ...COMMON] : (FIELDS[kind] ?? []);
  const options = known
    .filter((name) => !siblings.includes(`"${name}"`))
    .map((name) => ({ label: name, type: "property", apply: closes ? `"${name}` : `"${name}": ` }));
  return options.length ? { from, options } : null;
}

function snippet(type: string): object {
  switch (type) {
    case "Choice":
      return { Type: type, Choices: [] };
    case "Parallel":
      return { Type: type, Branches: [], End: true };
    case "Map":
      return { Type: type, ItemProcessor: { StartAt: "", States: {} }, End: true };
    case "Wait":
      return { Type: type, Seconds: 10, End: true };
    case "Task":
      return { Type: type, Resource: "", Arguments: {}, End: true };
    case "Succeed":
    case "Fail":
      return { Type: type };
    default:
      return { Type: type, End: true };
  }
}

/** The keys on the way to a place, and the text of the object around it; the text may be broken. */
function around(text: string, offset: number): { keys: string[]; siblings: string } {
  const stack: { key: string; start: number; object: boolean }[] = [];
  let key = "";
  for (const match of text.slice(0, offset).matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g)) {
    const [token, string, colon] = match;
    if (string !== undefined) {
      if (colon !== undefined) key = string;
    } else if (token === "{" || token === "[") {
      stack.push({
        key: key || (stack.at(-1)?.object === false ? (stack.at(-1)?.key ?? "") : ""),
        start: match.index,
        object: token === "{",
      });
      key = "";
    } else stack.pop();
  }
  const start = stack.at(-1)?.start ?? 0;
  let depth = 0;
  let end = text.length;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) {
      end = at;
      break;
    }
  }
  return { keys: stack.map((each) => each.key), siblings: text.slice(start, end) };
}

function stateNames(text: string): string[] {
  return [
    ...new Set(
      [...text.matchAll(/"([^"\\]+)"\s*:\s*\{\s*"(?:Type|Comment|QueryLanguage)"/g)].map(
        (match) => match[1] ?? "",
      ),
    ),
  ];
}
