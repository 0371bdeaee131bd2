import { isObject, type Json, type JsonObject, type QueryLanguage } from "@/asl/types.ts";
import type { Obstacle } from "./passage.ts";
import { eachText, textsIn } from "./texts.ts";

const WHOLE_REPLY =
  "It passes on the whole reply of the start, with ARN and times. Let it pass on the workflow’s output alone, for instance with";

/** The fields in which a Parallel state differs from the Task that it stands for; undefined takes one away. */
export type ParallelFields = Readonly<Record<string, Json | undefined>>;

/** What a Parallel state with one branch needs to be given and to give on what a Task was, or what is in the way. */
export function parallelFields(
  task: JsonObject,
  language: QueryLanguage,
  parsed: boolean,
): ParallelFields | Obstacle {
  const fields = language === "JSONata" ? jsonataFields(task, parsed) : jsonpathFields(task, parsed);
  return "reason" in fields ? fields : { Type: "Parallel", Resource: undefined, ...fields };
}

function jsonataFields(task: JsonObject, parsed: boolean): ParallelFields | Obstacle {
  const told = isObject(task["Arguments"]) ? task["Arguments"] : {};
  const input = told["Input"] ?? {};
  const asItIs = typeof input === "string" && /^\{%\s*\$states\.input\s*%\}$/.test(input);
  if (task["Output"] === undefined)
    return {
      reason: `${WHOLE_REPLY} the Output {% ${parsed ? "$states.result.Output" : "$parse($states.result.Output)"} %}.`,
    };
  const changed = ["Output", "Assign"].flatMap((field): [string, Json][] => {
    const value = task[field];
    return value === undefined
      ? []
      : [[field, eachText(value, (text) => (text.startsWith("{%") ? ofFirst(text, parsed) : text))]];
  });
  const stray = changed.flatMap(([, value]) => textsIn(value)).find(readsMore);
  if (stray !== undefined)
    return { reason: `It reads more of the start’s reply than the workflow’s output: ${stray}` };
  return { Arguments: asItIs ? undefined : input, ...Object.fromEntries(changed) };
}

/** An expression that reads the output of the one branch where it read the workflow's. */
function ofFirst(text: string, parsed: boolean): string {
  const output = String.raw`\$states\s*\.\s*result\s*\.\s*Output\b`;
  const first = (rest: string) => (rest.startsWith("[") ? "($states.result[0])" : "$states.result[0]");
  const put = (from: RegExp, to: (rest: string) => string) => (before: string) =>
    before.replace(from, (...found: unknown[]) => {
      const [match, at] = [String(found[0]), Number(found[1])];
      return to(before.slice(at + match.length));
    });
  if (parsed) return put(new RegExp(output, "g"), first)(text);
  const read = put(new RegExp(String.raw`\$parse\(\s*${output}\s*\)`, "g"), first)(text);
  return put(new RegExp(output, "g"), () => "$string($states.result[0])")(read);
}

function readsMore(text: string): boolean {
  return text.startsWith("{%") && /\$states\b\s*(?:\.\s*result\b(?!\[0\])|(?!\s*\.))/.test(text);
}

function jsonpathFields(task: JsonObject, parsed: boolean): ParallelFields | Obstacle {
  const input = jsonpathInput(task);
  if ("reason" in input) return input;
  const { ResultSelector: selector, ResultPath: resultPath, OutputPath: outputPath } = task;
  const changed: Record<string, Json | undefined> = {};
  for (const field of ["ResultSelector", "Assign"]) {
    const value = task[field];
    if (value === undefined) continue;
    const rewritten = eachPath(value, (path) => firstPath(path, parsed));
    if (pathsOf(rewritten).some(pathReadsMore))
      return { reason: `Its ${field} reads more of the start’s reply than the workflow’s output.` };
    changed[field] = rewritten;
  }
  if (selector === undefined && resultPath !== null) {
    const path =
      (resultPath === undefined || resultPath === "$") && parsed && typeof outputPath === "string"
        ? firstPath(outputPath, parsed)
        : null;
    if (path === null || pathReadsMore(path)) {
      const how = parsed ? 'the OutputPath "$.Output"' : "a ResultSelector and States.StringToJson($.Output)";
      return { reason: `${WHOLE_REPLY} ${how}.` };
    }
    changed["OutputPath"] = path;
  }
  return { ...input, ...changed };
}

function jsonpathInput(task: JsonObject): ParallelFields | Obstacle {
  const told = isObject(task["Parameters"]) ? task["Parameters"] : {};
  const path = told["Input.$"];
  if (typeof path === "string") {
    if (path.startsWith("States."))
      return { reason: `Its input is made by ${path}: a Parallel state takes a path.` };
    const around = task["InputPath"];
    const within = /^\$(?![\w$])/.test(path) && typeof around === "string";
    const whole = within ? around + path.slice(1) : path;
    return { Parameters: undefined, ...(whole === "$" ? {} : { InputPath: whole }) };
  }
  const input = told["Input"] ?? {};
  return isObject(input)
    ? { Parameters: input }
    : { reason: "Its input is a fixed value: a Parallel state takes an object or a path." };
}

/** A path or intrinsic function of the reply as one of the branches' outputs; texts in it stay. */
function firstPath(text: string, parsed: boolean): string {
  const read = parsed ? /'(?:[^'\\]|\\.)*'|(?<![\w$])\$\.Output(?!\w)/g : PARSED_TEXT;
  return text.replace(read, (part) => (part.startsWith("'") ? part : "$[0]"));
}

const PARSED_TEXT = /'(?:[^'\\]|\\.)*'|States\.StringToJson\(\s*\$\.Output\s*\)/g;

function pathReadsMore(path: string): boolean {
  return /(?<![\w$])\$(?![\w$])(?!\[0\])/.test(path.replace(/'(?:[^'\\]|\\.)*'/g, "''"));
}

/** The paths of a payload template: what its keys with ".$" say. */
function pathsOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(pathsOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key.endsWith(".$") && typeof item === "string" ? [item] : pathsOf(item),
  );
}

function eachPath(value: Json, change: (path: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => eachPath(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key.endsWith(".$") && typeof item === "string" ? change(item) : eachPath(item, change),
    ]),
  );
}
