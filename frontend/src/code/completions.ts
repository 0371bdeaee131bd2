import { calledBy } from "@/asl/callPattern.ts";
import { suggestionsAt, type Seen } from "@/asl/expressionCompletion.ts";
import { fieldsOf, helpOf, type FieldHelp } from "@/asl/fieldHelp.ts";
import { STATE_TYPES, type JsonObject } from "@/asl/types.ts";
import { expressionAt } from "@/code/expression.ts";
import { fitting } from "@/code/fitting.ts";
import { newStates, type StateItem } from "@/code/newStates.ts";
import { textOf, type Source, type Spot } from "@/code/notation.ts";
import { standingAt, type Standing } from "@/code/standing.ts";

/** One thing that can be written at a place. */
export interface Option {
  readonly label: string;
  readonly detail?: string;
  /** Stands beside the option that is held. */
  readonly info?: string;
  readonly insert: string;
  /** Where the caret stands in it then; at its end where nothing else is said. */
  readonly caret?: number;
  readonly selectTo?: number;
  readonly type: string;
  /** Whether what can be written next is offered at once. */
  readonly goesOn?: boolean;
}

export interface Completions {
  /** What an option is written instead of. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Option[];
  /** Where a comma has to be put in before them. */
  readonly comma?: number | null;
}

/** An action of AWS as the server tells it. */
interface FoundAction {
  readonly resource: string;
  readonly service_title: string;
  readonly description: string;
}

/** What the editor knows besides the text. */
export interface Knowledge {
  /** The JSON Schema of definitions; without it nothing but names is completed. */
  readonly schema: JsonObject | null;
  readonly resources: readonly { resource: string; title: string; schema: JsonObject | null }[];
  /** The states of the palette. */
  readonly states: readonly StateItem[];
  readonly variables: readonly string[];
  /** What a state saw in the last run; asked for only inside an expression. */
  readonly findSeen?: (state: string) => Promise<Seen | null>;
  /** Actions of AWS for what was typed; asked for only inside a Resource. */
  readonly findActions?: (search: string) => Promise<readonly FoundAction[]>;
}

/** What can be written at this place: fields and values that are allowed here, names of states, expressions. */
export async function completionsAt(
  source: Source,
  offset: number,
  asked: boolean,
  knowledge: Knowledge,
): Promise<Completions | null> {
  const spot = source.notation.spotAt(source, offset);
  if (!spot) return null;
  const standing = standingOf(source, spot, knowledge);
  const expression = spot.role === "name" ? null : expressionAt(spot, standing.jsonata);
  if (expression !== null) return expressions(offset, expression, asked, standing, knowledge);
  if (!asked && spot.typed === "" && spot.from === spot.to) return null;
  // In YAML the first field of an item stands where the item does.
  const isName =
    spot.role === "name" ||
    (spot.role === "item" &&
      source.notation.name === "yaml" &&
      standing.schema?.["properties"] !== undefined);
  return isName
    ? names(source, spot, standing, knowledge)
    : ((await actions(source, spot, standing, knowledge)) ?? values(source, spot, standing, knowledge));
}

export function standingOf(
  source: Source,
  spot: Pick<Spot, "way" | "holder">,
  knowledge: Knowledge,
): Standing {
  return standingAt(
    source,
    knowledge.schema,
    spot.way,
    spot.holder,
    (resource) =>
      knowledge.resources.find((each) => resource !== null && each.resource === calledBy(resource))?.schema ??
      null,
  );
}

function names(source: Source, spot: Spot, standing: Standing, knowledge: Knowledge): Completions | null {
  const { notation, doc } = source;
  const { from, to } = spot;
  const options = standing.holdsStates
    ? newStates(source, spot, standing, knowledge.states)
    : newFields(source, spot, standing, knowledge);
  return options.length ? { from, to, comma: notation.missingComma(spot, doc), options } : null;
}

function newFields(source: Source, spot: Spot, standing: Standing, knowledge: Knowledge): Option[] {
  const { notation, doc } = source;
  const here =
    spot.holder && notation.kind(spot.holder) === "object" ? notation.entries(spot.holder, doc) : [];
  const there = new Set(here.filter((entry) => entry.from !== spot.from).map(({ name }) => name));
  const fields = fieldsOf(knowledge.schema, standing.schema)
    .filter(({ name }) => !there.has(name))
    .map((field) => ({ label: field.name, detail: field.title, field }));
  return fitting(fields, spot.typed).map(({ label, detail, field }): Option => {
    const { text, ...caret } = notation.writeName(spot, doc, label, field.kind);
    return {
      label,
      detail,
      info: field.description,
      type: "property",
      insert: text,
      ...caret,
      goesOn: field.values.length > 0 || ["Next", "Default", "StartAt", "Resource"].includes(label),
    };
  });
}

function values(source: Source, spot: Spot, standing: Standing, knowledge: Knowledge): Completions | null {
  const { notation } = source;
  const { from, to } = spot;
  const value = (label: string, detail: string, info = ""): Option => ({
    label,
    detail,
    info,
    insert: notation.writeValue(label),
    type: "constant",
  });
  const known = (() => {
    const field = describedAt(spot, standing, knowledge);
    switch (spot.role === "value" && field ? spot.field : null) {
      case "Next":
      case "Default":
      case "StartAt":
        return stateOptions(source, standing).map(({ name, type }) => value(name, type));
      case "Type":
        if (standing.isState) return STATE_TYPES.map((type) => value(type, "state type"));
        break;
      case "Resource":
        return knowledge.resources.map(({ resource, title }) => value(resource, title));
    }
    if (!field) return [];
    if (field.values.length)
      return field.values.map((each) =>
        typeof each === "string"
          ? value(each, "")
          : { label: String(each), insert: String(each), type: "constant" },
      );
    return field.examples.map((each): Option => {
      const label = typeof each === "string" ? each : JSON.stringify(each);
      return { label, detail: "example", insert: exampleText(source, each), type: "text" };
    });
  })();
  const options = fitting(known, spot.typed);
  return options.length ? { from, to, options } : null;
}

/** YAML reads JSON, so that what is nested stays on its line. */
function exampleText({ notation }: Source, example: unknown): string {
  return typeof example === "object" && example !== null
    ? JSON.stringify(example)
    : notation.writeValue(example);
}

/** What the schema says of the value at a spot. */
function describedAt(spot: Spot, standing: Standing, knowledge: Knowledge): FieldHelp | null {
  if (spot.role === "item") return standing.schema && helpOf("", standing.schema);
  return fieldsOf(knowledge.schema, standing.schema).find(({ name }) => name === spot.field) ?? null;
}

/** The states that a transition may lead to from here. */
function stateOptions(source: Source, standing: Standing): { name: string; type: string }[] {
  const { notation, doc } = source;
  if (!standing.states || notation.kind(standing.states) !== "object") return [];
  return notation
    .entries(standing.states, doc)
    .filter(({ name }) => name !== standing.state?.name)
    .map(({ name, value }) => ({ name, type: textOf(source, value, "Type") ?? "state" }));
}

/** What the server has to be asked for: actions of AWS where a Resource is typed. */
async function actions(
  source: Source,
  spot: Spot,
  standing: Standing,
  knowledge: Knowledge,
): Promise<Completions | null> {
  if (spot.field !== "Resource" || !standing.isState || !knowledge.findActions) return null;
  const search = spot.typed
    .replace(/^arn:(aws:states:::(aws-sdk:)?)?/, "")
    .replaceAll(":", " ")
    .trim();
  if (search.length < 2) return null;
  const found = await knowledge.findActions(search).catch(() => []);
  if (found.length === 0) return null;
  // The server found them by words that need not stand in the name, the closest first.
  const options = found.map(({ resource, service_title, description }) => ({
    label: resource,
    detail: service_title,
    info: description,
    insert: source.notation.writeValue(resource),
    type: "constant",
  }));
  return { from: spot.from, to: spot.to, options };
}

async function expressions(
  offset: number,
  typed: string,
  asked: boolean,
  standing: Standing,
  knowledge: Knowledge,
): Promise<Completions | null> {
  if (!asked && !/[$.\w]$/.test(typed)) return null;
  const name = standing.state?.name;
  const seen = name === undefined ? null : ((await knowledge.findSeen?.(name).catch(() => null)) ?? null);
  // In a ResultSelector, $ is what the work gave.
  const sample = seen && standing.selectsResult ? { ...seen, input: seen.result } : seen;
  const language = standing.jsonata ? "JSONata" : "JSONPath";
  const found = suggestionsAt(typed, typed.length, language, sample, knowledge.variables);
  if (!found) return null;
  const from = offset - (typed.length - found.from);
  const options = found.items.map(({ label, detail, apply, back = 0 }): Option => ({
    label,
    detail,
    insert: apply,
    caret: apply.length - back,
    type: "variable",
    goesOn: apply.endsWith("."),
  }));
  return { from, to: offset, options };
}
