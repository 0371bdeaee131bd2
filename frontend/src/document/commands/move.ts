import { isObject, valueAt, type JsonObject, type Path } from "@/asl/types.ts";
import { scopeAt, statesOf } from "@/asl/walk.ts";
import { keepingComments, samePath, type WorkflowDocument } from "@/document/document.ts";
import { nameOf, scopeOfState, scopePath, scopeStates, type Place } from "@/document/places.ts";
import { insert, targetOf, type Inserted } from "@/document/commands/insert.ts";
import { takeOut, type Staying } from "@/document/commands/remove.ts";
import { rename } from "@/document/commands/rename.ts";
import { reachedFrom } from "@/document/reach.ts";

/**
 * Catchers and rules that lead to a state lead to it wherever it stands in its scope: it is only its main way
 * that is another. But none that would then lead in a circle which was not there before.
 */
function stayingFor({ definition }: WorkflowDocument, path: Path, place: Place): Staying {
  const scope = scopeOfState(path);
  if (!samePath(scopePath(place), scope)) return () => false;
  const states = statesOf(scopeAt(definition, scope));
  const name = nameOf(path);
  const next = targetOf(definition, place);
  const before = reachedFrom(states, [name]);
  const after = reachedFrom(states, next === null ? [] : [next], name);
  return ({ kind }, from) =>
    (kind === "catch" || kind === "choice") && (!after.has(from.name) || before.has(from.name));
}

/** Takes a state from where it is and puts it at another place, with all that is inside it. */
export function moveState(document: WorkflowDocument, path: Path, place: Place): Inserted {
  const state = valueAt(document.definition, path);
  if (!isObject(state)) return { document, states: [] };
  const name = nameOf(path);
  const without = takeOut(document, path, stayingFor(document, path, place));
  const loose: JsonObject = { ...state };
  // Within its scope it still reaches what its rules and Catchers lead to.
  const scope = scopeOfState(path);
  const kept = samePath(scopePath(place), scope) ? Object.keys(scopeStates(without.definition, scope)) : [];
  const moved = insert(without, place, { startAt: name, states: { [name]: loose } }, new Set(kept));
  const [first] = moved.states;
  const put = first && nameOf(first) !== name ? rename(moved.document, first, name) : moved.document;
  return { ...moved, document: keepingComments(document, put) };
}
