import { isObject, type Json, type JsonObject } from "@/asl/types.ts";

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

/** The place of an object in a definition: the keys that lead to it, and what it holds, as far as it can be read. */
export interface Holder {
  readonly keys: readonly string[];
  readonly type: string | null;
  readonly jsonata: boolean;
}

/** Which entry of the schema's `$defs` describes an object at this place; "" is the machine itself. */
export function definitionAt({ keys, type, jsonata }: Holder): string | null {
  const language = jsonata ? "JSONata" : "JSONPath";
  const path = keys.filter((key) => !/^\d+$/.test(key));
  const last = path.at(-1) ?? "";
  if (path.length === 0) return "";
  if (path.at(-2) === "States") return type === null ? `State.${language}` : `${type}.${language}`;
  switch (last) {
    case "States":
      return null;
    case "Retry":
      return "Retrier";
    case "Catch":
      return `Catcher.${language}`;
    case "Choices":
      return `ChoiceRule.${language}`;
    case "And":
    case "Or":
    case "Not":
      return "ChoiceRulePart";
    case "Branches":
      return `Branch.${language}`;
    case "ItemProcessor":
    case "Iterator":
      return `Processor.${language}`;
    case "ProcessorConfig":
      return "ProcessorConfigSettings";
    case "ItemReader":
    case "ItemBatcher":
    case "ResultWriter":
    case "ReaderConfig":
    case "WriterConfig":
      return `${last}Settings.${language}`;
    default:
      return null;
  }
}

/** The fields of an object at a place, the required ones first. */
export function fieldsAt(schema: JsonObject, holder: Holder): FieldHelp[] {
  const name = definitionAt(holder);
  const found = name === null ? null : name === "" ? schema : definition(schema, name);
  if (!isObject(found ?? undefined) || !found) return [];
  const properties = isObject(found["properties"]) ? found["properties"] : {};
  const required = Array.isArray(found["required"]) ? found["required"] : [];
  const fields = Object.entries(properties).map(([field, described]) =>
    help(field, resolved(schema, described), required.includes(field)),
  );
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}

export function fieldAt(schema: JsonObject, holder: Holder, name: string): FieldHelp | null {
  return fieldsAt(schema, holder).find((field) => field.name === name) ?? null;
}

function definition(schema: JsonObject, name: string): JsonObject | null {
  const all = schema["$defs"];
  const found = isObject(all) ? all[name] : undefined;
  return isObject(found) ? found : null;
}

function resolved(schema: JsonObject, described: Json): JsonObject {
  if (!isObject(described)) return {};
  const reference = described["$ref"];
  if (typeof reference !== "string") return described;
  return { ...definition(schema, reference.replace("#/$defs/", "")), ...described };
}

function help(name: string, described: JsonObject, required: boolean): FieldHelp {
  const text = (key: string) => (typeof described[key] === "string" ? described[key] : "");
  const list = (key: string) => (Array.isArray(described[key]) ? described[key] : []);
  return {
    name,
    title: text("title"),
    description: text("description"),
    examples: list("examples"),
    values: described["const"] === undefined ? list("enum") : [described["const"]],
    kind: text("x-kind"),
    required,
  };
}
