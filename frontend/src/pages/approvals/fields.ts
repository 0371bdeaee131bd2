import type { ApprovalField } from "@/api/types.ts";

const types: Record<string, ApprovalField["type"]> = {
  text: "text",
  textarea: "textarea",
  number: "number",
  boolean: "boolean",
  date: "date",
  select: "choice",
  choice: "choice",
};

/** The form fields of an approval, as the definition writes them: Name, Label, Type, Required, Options, Default. */
export function readFields(fields: unknown): ApprovalField[] {
  if (!Array.isArray(fields)) return [];
  return fields.map(readField).filter((field) => field.name !== "");
}

function readField(raw: unknown): ApprovalField {
  const field = lowered(raw);
  const name = text(field["name"]);
  const options = Array.isArray(field["options"]) ? field["options"].map(String) : undefined;
  const fallback = field["default"];
  return {
    name,
    label: text(field["label"]) || name,
    help: text(field["description"]),
    required: field["required"] === true,
    options,
    type: types[text(field["type"]).toLowerCase()] ?? (options ? "choice" : "text"),
    initial: fallback == null || typeof fallback === "object" ? "" : String(fallback),
  };
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

function lowered(raw: unknown): Record<string, unknown> {
  if (typeof raw !== "object" || raw === null) return {};
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
}

/** What stands in the fields before anybody types. */
export function initialValues(fields: readonly ApprovalField[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));
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
