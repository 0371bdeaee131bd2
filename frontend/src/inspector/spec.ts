import { isObject, type Json, type JsonObject } from "@/asl/types.ts";

export type FieldKind =
  | "text"
  | "long"
  | "number"
  | "boolean"
  | "select"
  | "state"
  | "connection"
  | "strings"
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
  /** The fields of a group, or of each object in a list. */
  readonly fields?: readonly FieldSpec[];
  /** The word for one item of a list: "Answer". */
  readonly item?: string;
  /** A text that is no JSON is taken as a text. */
  readonly loose?: boolean;
  /** No switch to an expression. */
  readonly plain?: boolean;
  /** In JSONPath the expression stands in the field named so; else, in a payload, in "<key>.$". */
  readonly pathKey?: string;
  readonly suggestions?: readonly string[];
  /** Folded away until it is wanted, or has a value. */
  readonly advanced?: boolean;
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
    ...(schema["default"] === undefined ? {} : { fallback: schema["default"] }),
  };
  if (key === "Connection" || key === "ConnectionArn") return { ...base, kind: "connection" };
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
      if (typeOfSchema(items) === "string") return { ...base, kind: "strings", item };
      const fields = schemaFields(items);
      return fields.length ? { ...base, kind: "objects", item, fields } : { ...base, kind: "json" };
    }
    case "object": {
      const fields = schemaFields(schema);
      if (fields.length) return { ...base, kind: "group", fields };
      const more = schema["additionalProperties"];
      return { ...base, kind: isObject(more) && typeOfSchema(more) === "string" ? "pairs" : "json" };
    }
    default:
      return { ...base, kind: "json", loose: true };
  }
}

function typeOfSchema(schema: JsonObject): string {
  const type = schema["type"];
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return String(type.find((each) => each !== "null") ?? "");
  return isObject(schema["properties"]) ? "object" : "";
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
