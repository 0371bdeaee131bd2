import type { Path } from "@/asl/types.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { removeItem, setField, setFields } from "@/document/commands/setField.ts";

/** Takes transitions away: a state without a Next ends the execution, a rule or Catcher goes whole. */
export function disconnect(
  document: WorkflowDocument,
  from: Path,
  fields: readonly Path[],
): WorkflowDocument {
  const lastFirst = [...fields].sort((one, other) => Number(other[1] ?? 0) - Number(one[1] ?? 0));
  return lastFirst.reduce((edited, field) => {
    switch (field[0]) {
      case "Next":
        return setFields(edited, [
          [[...from, "Next"], undefined],
          [[...from, "End"], true],
        ]);
      case "Choices":
        return removeItem(edited, [...from, ...field.slice(0, 2)], true);
      case "Catch":
        return removeItem(edited, [...from, ...field.slice(0, 2)]);
      default:
        return setField(edited, [...from, ...field], undefined);
    }
  }, document);
}

/** Lets transitions lead somewhere else. */
export function retarget(
  document: WorkflowDocument,
  from: Path,
  fields: readonly Path[],
  to: string,
): WorkflowDocument {
  return setFields(
    document,
    fields.map((field) => [[...from, ...field], to] as const),
  );
}
