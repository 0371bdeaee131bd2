import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";

/** What the schema says of one field. */
export interface FieldHelp {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly examples: readonly Json[];
  readonly values: readonly Json[];
  readonly kind: string;
  readonly required: boolean;
}

/** The part of the schema that describes a state; of an unknown type, what all states have. */
export function stateSchema(
  schema: JsonObject | null,
  type: string | null,
  jsonata: boolean,
): JsonObject | null {
  const language = jsonata ? "JSONata" : "JSONPath";
  return entry(schema, `${type ?? ""}.${language}`) ?? entry(schema, `State.${language}`);
}

/** What the schema says of a field or an item of what it describes. */
export function childSchema(
  schema: JsonObject | null,
  described: JsonObject | null,
  step: string | number,
): JsonObject | null {
  if (!described) return null;
  const properties = described["properties"];
  const child =
    typeof step === "number" ? described["items"] : isObject(properties) ? properties[step] : undefined;
  return isObject(child) ? resolved(schema, child) : null;
}

/** The fields of what is described, the required ones first. */
export function fieldsOf(schema: JsonObject | null, described: JsonObject | null): FieldHelp[] {
  const properties = described?.["properties"];
  if (!isObject(properties)) return [];
  const listed = described?.["required"];
  const required = Array.isArray(listed) ? listed : [];
  const fields = Object.entries(properties).flatMap(([name, each]) =>
    isObject(each) ? [helpOf(name, resolved(schema, each), required.includes(name))] : [],
  );
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}

/** What the schema says of the field at a path from a state. */
export function fieldAt(schema: JsonObject, state: JsonObject | null, path: Path): FieldHelp | null {
  const holder = path
    .slice(0, -1)
    .reduce<JsonObject | null>((described, step) => childSchema(schema, described, step), state);
  return fieldsOf(schema, holder).find(({ name }) => name === path.at(-1)) ?? null;
}

/** What is described, as that of a field of this name. */
export function helpOf(name: string, described: JsonObject, required = false): FieldHelp {
  const text = (key: string) => (typeof described[key] === "string" ? described[key] : "");
  const list = (key: string) => (Array.isArray(described[key]) ? described[key] : []);
  return {
    name,
    title: text("title"),
    description: text("description"),
    examples: list("examples"),
    values: described["const"] === undefined ? list("enum") : [described["const"]],
    kind: text("x-kind") || (KINDS[text("type")] ?? ""),
    required,
  };
}

const KINDS: Readonly<Record<string, string>> = { object: "object", array: "list", string: "text" };

function entry(schema: JsonObject | null, name: string): JsonObject | null {
  const all = schema?.["$defs"];
  const found = isObject(all) ? all[name] : undefined;
  return isObject(found) ? found : null;
}

function resolved(schema: JsonObject | null, described: JsonObject): JsonObject {
  const reference = described["$ref"];
  if (typeof reference !== "string") return described;
  const found = entry(schema, reference.replace("#/$defs/", ""));
  return { ...(found && resolved(schema, found)), ...described };
}
