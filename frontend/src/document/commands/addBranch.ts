import { valueAt, type Path } from "@/asl/types.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { insertItem, removeItem } from "@/document/commands/setField.ts";

/** Gives a Parallel state one more branch, empty. */
export function addBranch(document: WorkflowDocument, path: Path): WorkflowDocument {
  const branches = valueAt(document.definition, [...path, "Branches"]);
  const count = Array.isArray(branches) ? branches.length : 0;
  return insertItem(document, [...path, "Branches", count], { StartAt: "", States: {} });
}

export function removeBranch(document: WorkflowDocument, branch: Path): WorkflowDocument {
  return removeItem(document, branch, true);
}
