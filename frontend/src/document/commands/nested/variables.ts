import { isObject, type Json, type Path, type QueryLanguage } from "@/asl/types.ts";
import { isWorkedOut, ownFields, withVariables } from "@/asl/expressionReads.ts";
import { plainName } from "@/asl/words.ts";
import { allStates } from "@/asl/walk.ts";
import { withEdits, type WorkflowDocument } from "@/document/document.ts";
import type { Edit } from "@/document/json.ts";

/** The document with variables called otherwise wherever they are read or assigned. */
export function renameVariables(
  document: WorkflowDocument,
  language: QueryLanguage,
  names: ReadonlyMap<string, string>,
): WorkflowDocument {
  if (names.size === 0) return document;
  const edits = allStates(document.definition).flatMap(({ path, state }) =>
    editsOf(ownFields(state), path, state["QueryLanguage"] === "JSONata" ? "JSONata" : language, names),
  );
  return withEdits(document, edits);
}

function editsOf(
  value: Json,
  path: Path,
  language: QueryLanguage,
  names: ReadonlyMap<string, string>,
): Edit[] {
  if (typeof value === "string") {
    const renamed = isWorkedOut(value, language) ? withVariables(value, language, names) : value;
    return renamed === value ? [] : [{ op: "set", path, value: renamed }];
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => editsOf(item, [...path, index], language, names));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, key];
    const inside = editsOf(item, here, language, names);
    return path.at(-1) === "Assign" ? [...inside, ...renamedKey(here, key, names)] : inside;
  });
}

/** The edit that gives an assigned name its other one; made after those of its value. */
function renamedKey(path: Path, key: string, names: ReadonlyMap<string, string>): Edit[] {
  const bare = plainName(key);
  const other = names.get(bare);
  return other === undefined ? [] : [{ op: "rename", path, key: other + key.slice(bare.length) }];
}

/** A name of a variable that is not taken: "x", "x_2", "x_3". */
export function freeVariable(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "");
  for (let number = 2; ; number++) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
}

/** Renamed variables as expressions name them. */
export function inWords(names: ReadonlyMap<string, string>): [string, string][] {
  return [...names].map(([old, name]) => [`$${old}`, `$${name}`]);
}
