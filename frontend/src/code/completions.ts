import { suggestionsAt, type Seen } from "@/asl/expressionCompletion.ts";
import { isObject, STATE_TYPES, type Json, type JsonObject } from "@/asl/types.ts";
import { fieldAt, fieldsAt } from "@/code/aslSchema.ts";
import { keysOf, placeAt, type Place } from "@/code/place.ts";

export interface Option {
  readonly label: string;
  readonly detail?: string;
  /** Stands beside the option that is held. */
  readonly info?: string;
  readonly apply: string;
  readonly type: string;
  readonly boost?: number;
}

export interface Completions {
  readonly from: number;
  readonly options: readonly Option[];
}

/** What the editor knows besides the text. */
export interface Knowledge {
  /** The JSON Schema of definitions; without it nothing but names is completed. */
  readonly schema: JsonObject | null;
  readonly resources: readonly { resource: string; title: string; schema: JsonObject | null }[];
  readonly variables: readonly string[];
  readonly seen: Seen | null;
  /** Actions of AWS for what was typed; asked for only inside a Resource. */
  readonly findActions?: (search: string) => Promise<readonly { resource: string; description: string }[]>;
}

/** What can be written at this place: fields and values that are allowed here, names of states, expressions. */
export function completionsAt(
  text: string,
  offset: number,
  asked: boolean,
  knowledge: Knowledge,
): Completions | null {
  const expression = insideExpression(text, offset);
  if (expression) return expressions(text, offset, expression, asked, knowledge);
  const before = text.slice(0, offset);
  const word = /"?[\w.:$-]*$/.exec(before)?.[0] ?? "";
  if (!asked && !word.startsWith('"')) return null;
  const from = offset - word.length;
  const closes = text[offset] === '"';
  const field = /"([^"]+)"\s*:\s*$/.exec(text.slice(0, from))?.[1];
  const place = placeAt(text, from);
  const found =
    field === undefined
      ? fields(text, from, closes, place, knowledge)
      : values(text, from, closes, field, place, knowledge);
  return found && narrowed(found, word.replace(/^"/, ""));
}

/** The options that go with what is typed, those that begin with it first; the editor does not filter again. */
function narrowed({ from, options }: Completions, typed: string): Completions | null {
  const wanted = typed.toLowerCase();
  const plain = ({ label }: Option) => label.toLowerCase().replace(/^new /, "").replace(/^"/, "");
  const begin = options.filter((option) => plain(option).startsWith(wanted));
  const hold = options.filter((option) => !begin.includes(option) && plain(option).includes(wanted));
  const left = [...begin, ...hold];
  return left.length ? { from, options: left } : null;
}

/** What the server has to be asked for: actions of AWS where a Resource is typed. */
export async function actionsAt(
  text: string,
  offset: number,
  knowledge: Knowledge,
): Promise<Completions | null> {
  const typed = /"Resource"\s*:\s*"([^"]*)$/.exec(text.slice(0, offset))?.[1];
  if (typed === undefined || !knowledge.findActions) return null;
  const search = typed
    .replace(/^arn:(aws:states:::(aws-sdk:)?)?/, "")
    .replaceAll(":", " ")
    .trim();
  if (search.length < 2) return null;
  const found = await knowledge.findActions(search);
  return {
    from: offset - typed.length,
    options: found.map(({ resource, description }) => ({
      label: resource,
      info: description,
      apply: resource,
      type: "constant",
    })),
  };
}

function fields(
  text: string,
  from: number,
  closes: boolean,
  place: Place,
  knowledge: Knowledge,
): Completions | null {
  const { keys } = place.holder;
  if (keys.at(-1) === "States")
    return {
      from,
      options: STATE_TYPES.map((type) => ({
        label: `New ${type} state`,
        type: "class",
        apply: `"${type}": ${JSON.stringify(snippet(type, place.holder.jsonata), null, 2).replaceAll("\n", "\n" + indentAt(text, from))}`,
      })),
    };
  const there = keysOf(place.siblings);
  const option = (name: string, detail: string, info: string, boost: number): Option => ({
    label: name,
    detail,
    info,
    type: "property",
    apply: closes ? `"${name}` : `"${name}": `,
    boost,
  });
  const argumentsHere = ["Arguments", "Parameters"].includes(keys.at(-1) ?? "")
    ? argumentsOf(place, knowledge)
    : [];
  const known = knowledge.schema ? fieldsAt(knowledge.schema, place.holder) : [];
  const options = [
    ...argumentsHere.map(([name, schema]) =>
      option(name, textIn(schema, "title"), textIn(schema, "description"), 0),
    ),
    ...known.map((field) => option(field.name, field.title, field.description, field.required ? 20 : 0)),
  ].filter(({ label }) => !there.has(label));
  return options.length ? { from, options } : null;
}

function values(
  text: string,
  from: number,
  closes: boolean,
  field: string,
  place: Place,
  knowledge: Knowledge,
): Completions | null {
  const value = (label: string, detail: string, info = ""): Option => ({
    label,
    detail,
    info,
    apply: `"${label}${closes ? "" : '"'}`,
    type: "constant",
  });
  if (["Next", "Default", "StartAt"].includes(field))
    return { from, options: stateNames(text).map((name) => value(name, "state")) };
  if (field === "Type" && place.holder.keys.at(-2) === "States")
    return { from, options: STATE_TYPES.map((type) => value(type, "state type")) };
  if (field === "Resource")
    return { from, options: knowledge.resources.map(({ resource, title }) => value(resource, title)) };
  const known = knowledge.schema ? fieldAt(knowledge.schema, place.holder, field) : null;
  const argument = argumentsOf(place, knowledge).find(([name]) => name === field)?.[1];
  const listed = known?.values.length
    ? known.values
    : Array.isArray(argument?.["enum"])
      ? argument["enum"]
      : [];
  const options = listed.map((each) =>
    typeof each === "string"
      ? value(each, "")
      : { label: String(each), apply: String(each), type: "constant" },
  );
  if (options.length === 0)
    for (const each of known?.examples ?? []) {
      const label = JSON.stringify(each);
      options.push({ label, detail: "example", apply: closes ? label.slice(0, -1) : label, type: "text" });
    }
  return options.length ? { from, options } : null;
}

function argumentsOf(place: Place, knowledge: Knowledge): [string, JsonObject][] {
  const resource = /"Resource"\s*:\s*"([^"]+)"/
    .exec(place.state)?.[1]
    ?.replace(/\.(sync(:2)?|waitForTaskToken)$/, "");
  const schema = knowledge.resources.find((each) => each.resource === resource)?.schema;
  const properties = schema?.["properties"];
  return isObject(properties)
    ? Object.entries(properties).filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
    : [];
}

function textIn(schema: JsonObject, key: string): string {
  return typeof schema[key] === "string" ? schema[key] : "";
}

/** The expression around a place: in JSONata between its marks, in JSONPath the text of a path. */
function insideExpression(text: string, offset: number): { start: number; jsonata: boolean } | null {
  const open = text.lastIndexOf("{%", offset);
  if (open >= 0 && open + 2 <= offset && !/%\}|\n/.test(text.slice(open, offset)))
    return { start: open + 2, jsonata: true };
  const path = /"[\w-]+(?:\.\$|Path|Variable)?"\s*:\s*"(\$[^"\n]*|States\.[^"\n]*)$/.exec(
    text.slice(0, offset),
  );
  return path ? { start: offset - (path[1]?.length ?? 0), jsonata: false } : null;
}

function expressions(
  text: string,
  offset: number,
  at: { start: number; jsonata: boolean },
  asked: boolean,
  knowledge: Knowledge,
): Completions | null {
  const typed = text.slice(at.start, offset);
  if (!asked && !/[$.\w]$/.test(typed)) return null;
  const found = suggestionsAt(
    typed,
    typed.length,
    at.jsonata ? "JSONata" : "JSONPath",
    knowledge.seen,
    knowledge.variables,
  );
  return (
    found && {
      from: at.start + found.from,
      options: found.items.map(({ label, detail, apply }) => ({ label, detail, apply, type: "variable" })),
    }
  );
}

function snippet(type: string, jsonata: boolean): JsonObject {
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
      return { Type: type, Resource: "", [jsonata ? "Arguments" : "Parameters"]: {}, End: true };
    case "Succeed":
    case "Fail":
      return { Type: type };
    default:
      return { Type: type, End: true };
  }
}

function indentAt(text: string, offset: number): string {
  return /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, offset))?.[1] ?? "";
}

function stateNames(text: string): string[] {
  const found = text.matchAll(/"([^"\\]+)"\s*:\s*\{\s*"(?:Type|Comment|QueryLanguage)"/g);
  return [...new Set([...found].map((match) => match[1] ?? ""))];
}

/** What stands beside a field under the pointer; null where the schema knows nothing of it. */
export function helpAt(text: string, offset: number, knowledge: Knowledge): HelpText | null {
  for (const match of text.slice(0, offset + 200).matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?/g)) {
    const [whole, string = "", colon] = match;
    const from = match.index;
    const to = from + string.length + 2;
    if (from > offset) return null;
    if (offset > to || whole.length === 0) continue;
    const place = placeAt(text, from);
    if (colon === undefined) {
      const item = knowledge.resources.find(({ resource }) => string.startsWith(resource));
      return item ? { from, to, title: item.title, text: string, examples: [] } : null;
    }
    const known = knowledge.schema ? fieldAt(knowledge.schema, place.holder, string) : null;
    if (known)
      return { from, to, title: known.title || string, text: known.description, examples: known.examples };
    const argument = argumentsOf(place, knowledge).find(([name]) => name === string)?.[1];
    const inside = ["Arguments", "Parameters"].includes(place.holder.keys.at(-1) ?? "");
    return argument && inside
      ? {
          from,
          to,
          title: textIn(argument, "title") || string,
          text: textIn(argument, "description"),
          examples: [],
        }
      : null;
  }
  return null;
}

export interface HelpText {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly text: string;
  readonly examples: readonly Json[];
}
