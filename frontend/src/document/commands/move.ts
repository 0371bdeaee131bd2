import { isObject, valueAt, type JsonObject, type Path } from "@/asl/types.ts";
import { samePath, type WorkflowDocument } from "@/document/document.ts";
import { nameOf, scopeOfState, scopePath, scopeStates, type Place } from "@/document/places.ts";
import { insert, type Inserted } from "@/document/commands/insert.ts";
import { remove } from "@/document/commands/remove.ts";
import { rename } from "@/document/commands/rename.ts";

/** Takes a state from where it is and puts it at another place, with all that is inside it. */
export function moveState(document: WorkflowDocument, path: Path, place: Place): Inserted {
  const state = valueAt(document.definition, path);
  if (!isObject(state)) return { document, states: [] };
  const name = nameOf(path);
  const without = remove(document, [path]);
  const loose: JsonObject = { ...state };
  // Within its scope it still reaches what its rules and Catchers lead to.
  const scope = scopeOfState(path);
  const kept = samePath(scopePath(place), scope) ? Object.keys(scopeStates(without.definition, scope)) : [];
  const moved = insert(without, place, { startAt: name, states: { [name]: loose } }, new Set(kept));
  const [first] = moved.states;
  return first && nameOf(first) !== name
    ? { ...moved, document: rename(moved.document, first, name) }
    : moved;
}
