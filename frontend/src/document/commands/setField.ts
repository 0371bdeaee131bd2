import { isObject, valueAt, type Json, type Path } from "@/asl/types.ts";
import { withEdits, type WorkflowDocument } from "@/document/document.ts";
import type { Edit } from "@/document/json.ts";

/** The order in which people write a state's fields; a new field goes behind the last one that stands before it. */
const ORDER = [
  "Comment",
  "QueryLanguage",
  "StartAt",
  "Type",
  "Resource",
  "Credentials",
  "InputPath",
  "Variable",
  "Condition",
  "ErrorEquals",
  "IntervalSeconds",
  "MaxAttempts",
  "BackoffRate",
  "MaxDelaySeconds",
  "JitterStrategy",
  "Items",
  "ItemsPath",
  "ItemReader",
  "ItemSelector",
  "ItemBatcher",
  "MaxConcurrency",
  "Parameters",
  "Arguments",
  "Result",
  "Seconds",
  "SecondsPath",
  "Timestamp",
  "TimestampPath",
  "Error",
  "ErrorPath",
  "Cause",
  "CausePath",
  "TimeoutSeconds",
  "HeartbeatSeconds",
  "ProcessorConfig",
  "ItemProcessor",
  "Branches",
  "Choices",
  "ResultSelector",
  "ResultPath",
  "OutputPath",
  "Output",
  "Assign",
  "Retry",
  "Catch",
  "Default",
  "Next",
  "End",
  "States",
];

/** The edits that set a value, or remove it when it is undefined; objects on the way are made. */
export function fieldEdits(root: Json, path: Path, value: Json | undefined): Edit[] {
  if (value === undefined) return valueAt(root, path) === undefined ? [] : [{ op: "remove", path }];
  if (valueAt(root, path) !== undefined) return [{ op: "set", path, value }];
  let known = 0;
  while (known < path.length - 1 && valueAt(root, path.slice(0, known + 1)) !== undefined) known++;
  const made = path.slice(known + 1).reduceRight<Json>((inner, step) => ({ [String(step)]: inner }), value);
  const target = path.slice(0, known + 1);
  const key = String(target.at(-1));
  const parent = valueAt(root, target.slice(0, -1));
  const after = isObject(parent) ? fieldBefore(Object.keys(parent), key) : undefined;
  return [{ op: "set", path: target, value: made, ...(after === undefined ? {} : { after }) }];
}

function fieldBefore(present: string[], key: string): string | undefined {
  const rank = ORDER.indexOf(key);
  if (rank < 0) return undefined;
  return present.filter((name) => ORDER.indexOf(name) >= 0 && ORDER.indexOf(name) < rank).at(-1);
}

/** Sets one field anywhere in the definition; undefined removes it. */
export function setField(document: WorkflowDocument, path: Path, value: Json | undefined): WorkflowDocument {
  return withEdits(document, fieldEdits(document.definition, path, value));
}

/** Sets several fields, one after the other. */
export function setFields(
  document: WorkflowDocument,
  fields: readonly (readonly [Path, Json | undefined])[],
): WorkflowDocument {
  return fields.reduce((edited, [path, value]) => setField(edited, path, value), document);
}

/** Puts a value into a list before the item at the path's end; the list is made when there is none. */
export function insertItem(document: WorkflowDocument, path: Path, value: Json): WorkflowDocument {
  if (!Array.isArray(valueAt(document.definition, path.slice(0, -1))))
    return setField(document, path.slice(0, -1), [value]);
  return withEdits(document, [{ op: "insert", path, value }]);
}

/** Takes an item out of a list, and the list away with its last item. */
export function removeItem(document: WorkflowDocument, path: Path, keepEmpty = false): WorkflowDocument {
  const list = valueAt(document.definition, path.slice(0, -1));
  if (!keepEmpty && Array.isArray(list) && list.length === 1)
    return setField(document, path.slice(0, -1), undefined);
  return withEdits(document, [{ op: "remove", path }]);
}
