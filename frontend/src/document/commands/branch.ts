import { isObject, valueAt, type JsonObject, type Path } from "@/asl/types.ts";
import { scopeAt, statesOf } from "@/asl/walk.ts";
import { inLayout, keepingComments, samePath, type WorkflowDocument } from "@/document/document.ts";
import { nameOf, scopeOfState, scopePath, scopeStates, type Place } from "@/document/places.ts";
import { insert, type Inserted } from "@/document/commands/insert.ts";
import { remove } from "@/document/commands/remove.ts";
import { reachedFrom } from "@/document/reach.ts";

/** A state and all that only it leads to, by name, in the order in which they are written. */
export function branchOf(definition: JsonObject, path: Path): string[] {
  const scope = scopeOfState(path);
  const states = statesOf(scopeAt(definition, scope));
  const first = nameOf(path);
  const after = reachedFrom(states, [first]);
  const elsewhere = states.map(({ name }) => name).filter((name) => !after.has(name));
  const start = valueAt(definition, [...scope, "StartAt"]);
  const others = reachedFrom(states, [...(typeof start === "string" ? [start] : []), ...elsewhere], first);
  return states.map(({ name }) => name).filter((name) => after.has(name) && !others.has(name));
}

/** Takes a state with all that only it leads to from where it is, and puts it at another place. */
export function moveBranch(document: WorkflowDocument, path: Path, place: Place): Inserted {
  const scope = scopeOfState(path);
  const here = scopeStates(document.definition, scope);
  const names = branchOf(document.definition, path);
  const states = Object.fromEntries(
    names.flatMap((name) => {
      const state = here[name];
      return isObject(state) ? [[name, state] as const] : [];
    }),
  );
  const first = nameOf(path);
  if (!states[first]) return { document, states: [] };
  // The last first, so that what led to the branch leads on to where the branch led.
  const without = remove(
    document,
    [...names].reverse().map((name) => [...scope, "States", name]),
  );
  const kept = samePath(scopePath(place), scope) ? Object.keys(scopeStates(without.definition, scope)) : [];
  const moved = insert(without, place, { startAt: first, states }, new Set(kept));
  // They are the same states: folded and disabled they stay, only their places are others.
  const { positions: _others, comments: _comments, ...looks } = document.layout;
  const looking = inLayout(moved.document, { ...moved.document.layout, ...looks });
  return { ...moved, document: keepingComments(document, looking) };
}
