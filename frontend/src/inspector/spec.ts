import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { secondsInWords } from "@/asl/words.ts";
import type { Help } from "@/inspector/help.ts";
import type { TokenOption } from "@/inspector/TokensInput.tsx";
import type { IconName } from "@/ui/icons.tsx";

export type FieldKind =
  | "text"
  | "long"
  | "number"
  | "boolean"
  | "select"
  | "state"
  | "connection"
  | "model"
  | "strings"
  | "tokens"
  | "votes"
  | "answers"
  | "pairs"
  | "objects"
  | "group"
  | "json";

/** What a form knows of one field. */
export interface FieldSpec {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly hint?: string;
  readonly options?: readonly { value: string; label: string }[];
  readonly seconds?: boolean;
  readonly required?: boolean;
  /** What holds when the field is absent; shown muted, never written. */
  readonly fallback?: Json;
  /** What could be written here; shown muted and as an example while nothing is. */
  readonly example?: string;
  /** The fields of a group, or of each object in a list. */
  readonly fields?: readonly FieldSpec[];
  /** The word for one item of a list: "Answer". */
  readonly item?: string;
  /** A text that is no JSON is taken as a text. */
  readonly loose?: boolean;
  /** No switch to an expression. */
  readonly plain?: boolean;
  /** It may be an expression, and something else than a switch beside it says whether it is. */
  readonly settled?: boolean;
  /** In JSONPath the expression stands in the field named so; else, in a payload, in "<key>.$". */
  readonly pathKey?: string;
  readonly suggestions?: readonly string[];
  /** What short texts can be chosen from, and how one of them is shown. */
  readonly tokens?: readonly TokenOption[];
  readonly show?: (value: string) => { text: string; icon?: IconName };
  /** The kinds of connection that fit. */
  readonly kinds?: readonly string[];
  /** A switch that is on where the value is false: "Requester may not decide". */
  readonly inverted?: boolean;
  /** What it does, where no schema says it. */
  readonly about?: Help;
  /** What is wrong with a value, as a sentence that says what to do; `holder` is the object it stands in. */
  readonly check?: (value: Json | undefined, holder: JsonObject) => string | null;
  /** The head of one object in a list, and a line below its fields. */
  readonly head?: (item: JsonObject) => string;
  readonly foot?: (item: JsonObject) => string | null;
  /** The list with one more object, where that is not one of empty fields at the end. */
  readonly grow?: (list: readonly Json[]) => Json[];
  /** Folded away until it is wanted, or has a value. */
  readonly advanced?: boolean;
}

/** Values with what each of them means, as they are chosen from. */
export function optionsOf(words: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** A field with one of a few values; the first of them is what holds without it. */
export function choice(key: string, label: string, words: Readonly<Record<string, string>>): FieldSpec {
  const [fallback] = Object.keys(words);
  return {
    key,
    label,
    kind: "select",
    plain: true,
    options: optionsOf(words),
    ...(fallback === undefined ? {} : { fallback }),
  };
}

const LONG = /Prompt|System|Text$|Html|Details|Cause|Description|Body|Comment|Message$|Content$/;

/** The fields of an object that a JSON Schema describes, required ones first as written. */
export function schemaFields(schema: JsonObject): FieldSpec[] {
  const properties = schema["properties"];
  if (!isObject(properties)) return [];
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  return Object.entries(properties)
    .filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
    .map(([key, property]) => fieldOf(key, property, required.includes(key)));
}

function fieldOf(key: string, schema: JsonObject, required: boolean): FieldSpec {
  const text = (name: string) => (typeof schema[name] === "string" ? schema[name] : undefined);
  const hint = text("description");
  const seconds = /Seconds$/.test(key);
  const base = {
    key,
    label: text("title") ?? inWords(seconds ? key.replace(/Seconds$/, "") : key),
    required,
    seconds,
    ...(schema["x-group"] === "advanced" ? { advanced: true } : {}),
    ...(hint === undefined ? {} : { hint }),
    ...(schema["default"] === undefined ? exampleOf(schema) : { fallback: schema["default"] }),
    ...bounded(schema, seconds),
  };
  if (key === "Connection" || key === "ConnectionArn") {
    const kinds = schema["x-kinds"];
    return { ...base, kind: "connection", ...(Array.isArray(kinds) ? { kinds: kinds.map(String) } : {}) };
  }
  if (key === "Model") {
    const examples = Array.isArray(schema["examples"]) ? schema["examples"].map(String) : [];
    return { ...base, kind: "model", suggestions: examples };
  }
  if (Array.isArray(schema["enum"]))
    return {
      ...base,
      kind: "select",
      // Names that somebody gave are shown as they are; words of a protocol as people say them.
      options: schema["enum"].map((value) => ({
        value: String(value),
        label: schema["x-verbatim"] === true ? String(value) : optionLabel(String(value)),
      })),
    };
  if (Array.isArray(schema["type"]) && schema["type"].filter((each) => each !== "null").length > 1)
    return { ...base, kind: "json", loose: true };
  switch (typeOfSchema(schema)) {
    case "string":
      return {
        ...base,
        kind:
          LONG.test(key) || text("format") === "textarea" || text("x-widget") === "textarea"
            ? "long"
            : "text",
      };
    case "integer":
    case "number":
      return { ...base, kind: "number" };
    case "boolean":
      return { ...base, kind: "boolean" };
    case "array": {
      const items = isObject(schema["items"]) ? schema["items"] : {};
      const item = singular(base.label);
      if (text("format") === "email-list") return { ...base, kind: "tokens", item: "Person", show: person };
      if (typeOfSchema(items) === "string") return { ...base, kind: "strings", item };
      const fields = schemaFields(items);
      return fields.length ? { ...base, kind: "objects", item, fields } : { ...base, kind: "json" };
    }
    case "object": {
      const fields = schemaFields(schema);
      if (fields.length) return { ...base, kind: "group", fields };
      const more = schema["additionalProperties"];
      return isObject(more) && typeOfSchema(more) === "string"
        ? { ...base, kind: "pairs", ...(base.label.endsWith("s") ? { item: singular(base.label) } : {}) }
        : { ...base, kind: "json" };
    }
    default:
      return { ...base, kind: "json", loose: true };
  }
}

/** The first example that is a plain text: an expression is typed where expressions are. */
function exampleOf(schema: JsonObject): Pick<FieldSpec, "example"> {
  const [first] = Array.isArray(schema["examples"]) ? schema["examples"] : [];
  return typeof first === "string" && !first.startsWith("{%") ? { example: first } : {};
}

/** The check of a number's bounds, where there are any. */
function bounded(schema: JsonObject, seconds: boolean): Pick<FieldSpec, "check"> {
  const [least, most] = [schema["minimum"], schema["maximum"]];
  if (typeof least !== "number" && typeof most !== "number") return {};
  const said = (bound: number) => (seconds ? secondsInWords(bound) : bound.toLocaleString("en-GB"));
  return {
    check: (value) => {
      if (typeof value !== "number") return null;
      if (typeof least === "number" && value < least) return `Choose ${said(least)} or more.`;
      if (typeof most === "number" && value > most) return `Choose ${said(most)} or less.`;
      return null;
    },
  };
}

function typeOfSchema(schema: JsonObject): string {
  const type = schema["type"];
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return String(type.find((each) => each !== "null") ?? "");
  return isObject(schema["properties"]) ? "object" : "";
}

/** Somebody who is written to: a group by its name, anybody else as written. */
function person(value: string): { text: string; icon?: IconName } {
  const group = /^group:(.+)$/.exec(value)?.[1];
  return group === undefined ? { text: value } : { text: group, icon: "users" };
}

/** A field's name as people say it: "MaxTokens" is "Max tokens". */
export function inWords(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2");
  const lower = words.replace(/\b([A-Z])([a-z]+)/g, (word) => word.toLowerCase());
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

function optionLabel(value: string): string {
  return /^[A-Z]+$/.test(value) ? value : value.charAt(0).toUpperCase() + value.slice(1).replaceAll("_", " ");
}

function singular(label: string): string {
  return label.endsWith("s") && !label.endsWith("ss") ? label.slice(0, -1) : "Add one";
}
