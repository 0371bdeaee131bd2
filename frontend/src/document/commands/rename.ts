import { valueAt, type Path } from "@/asl/types.ts";
import { statesOf, transitionsOf } from "@/asl/walk.ts";
import { withEdits, withPositions, type WorkflowDocument } from "@/document/document.ts";
import type { Edit } from "@/document/json.ts";
import { nameOf, scopeOfState } from "@/document/places.ts";

/** Gives a state another name, and every transition that leads to it. */
export function rename(document: WorkflowDocument, path: Path, name: string): WorkflowDocument {
  const old = nameOf(path);
  const scope = scopeOfState(path);
  const value = valueAt(document.definition, scope);
  if (old === name || typeof value !== "object" || value === null || Array.isArray(value)) return document;
  const edits: Edit[] = [];
  if (value["StartAt"] === old) edits.push({ op: "set", path: [...scope, "StartAt"], value: name });
  for (const at of statesOf({ path: scope, id: "", value, owner: null }))
    for (const { target, field } of transitionsOf(at.state))
      if (target === old) edits.push({ op: "set", path: [...at.path, ...field], value: name });
  edits.push({ op: "rename", path, key: name });
  const edited = withEdits(document, edits);
  const { [old]: at, ...positions } = edited.layout.positions;
  return at ? withPositions(edited, { ...positions, [name]: at }) : edited;
}
