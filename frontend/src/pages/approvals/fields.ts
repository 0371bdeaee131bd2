import type { ApprovalField } from "@/api/types.ts";

/** The form fields of an approval: a list of fields, or a JSON Schema with properties. */
export function readFields(fields: unknown): ApprovalField[] {
  if (Array.isArray(fields)) return fields.map(fromField).filter((field) => field.name !== "");
  if (typeof fields !== "object" || fields === null) return [];
  const schema = fields as { properties?: Record<string, Record<string, unknown>>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    label: text(property["title"]) || name,
    help: text(property["description"]),
    required: schema.required?.includes(name) ?? false,
    options: strings(property["enum"]),
    type: typeOfSchema(property),
  }));
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
const strings = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);

function fromField(raw: unknown): ApprovalField {
  const field = lowered(raw);
  const name = text(field["name"]);
  const options = strings(field["options"] ?? field["choices"]);
  return {
    name,
    label: text(field["label"]) || name,
    help: text(field["help"] ?? field["description"]),
    required: field["required"] === true,
    options,
    type: options ? "choice" : ((text(field["type"]).toLowerCase() || "text") as ApprovalField["type"]),
  };
}

/* Fields come as written in the definition, PascalCase, or as the API says them. */
function lowered(raw: unknown): Record<string, unknown> {
  if (typeof raw !== "object" || raw === null) return {};
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
}

function typeOfSchema(property: Record<string, unknown>): ApprovalField["type"] {
  if (Array.isArray(property["enum"])) return "choice";
  switch (property["type"]) {
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return property["format"] === "date" ? "date" : "text";
  }
}

/** What was typed, as the values to send; a field left empty is left out. */
export function fieldValues(
  fields: readonly ApprovalField[],
  typed: Record<string, string>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, type } of fields) {
    const written = typed[name] ?? "";
    if (type === "boolean") values[name] = written === "true";
    else if (written !== "") values[name] = type === "number" ? Number(written) : written;
  }
  return values;
}
