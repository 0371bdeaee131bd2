import type { Path } from "@/asl/types.ts";
import { scopeAt, statesOf, transitionsOf } from "@/asl/walk.ts";
import { withEdits, type WorkflowDocument } from "@/document/document.ts";
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

/** Lets all that leads to one state of a scope lead to another, its start too. */
export function retargetAll(
  document: WorkflowDocument,
  scope: Path,
  from: string,
  to: string,
): WorkflowDocument {
  const around = scopeAt(document.definition, scope);
  const start = around.value["StartAt"] === from ? [[...scope, "StartAt"]] : [];
  const ways = statesOf(around).flatMap((at) =>
    transitionsOf(at.state)
      .filter(({ target }) => target === from)
      .map(({ field }) => [...at.path, ...field]),
  );
  return withEdits(
    document,
    [...start, ...ways].map((path) => ({ op: "set", path, value: to })),
  );
}
