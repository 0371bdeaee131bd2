import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { transitionsOf } from "@/asl/walk.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import {
  nameOf,
  outermost,
  placeAfter,
  readFragment,
  scopeOfState,
  scopeStates,
  stateAt,
  type Fragment,
  type Place,
} from "@/document/places.ts";
import { commented, withComments, type Commented } from "@/document/commands/copiedComments.ts";
import { insert, type Inserted } from "@/document/commands/insert.ts";

/**
 * Some states as a fragment: transitions among them stay, others end; where a rule or Catcher led elsewhere its
 * target is open, unless that is among `kept`. States inside a copied one come along with it.
 */
export function copyStates(
  document: WorkflowDocument,
  paths: readonly Path[],
  kept: readonly string[] = [],
): Fragment | null {
  const found = outermost(paths).flatMap((path) => {
    const state = stateAt(document.definition, path);
    return state ? [[nameOf(path), state] as const] : [];
  });
  const names = new Set(found.map(([name]) => name));
  const [first] = found;
  if (!first) return null;
  const aside = new Set([...names, ...kept]);
  const states = Object.fromEntries(found.map(([name, state]) => [name, endOutside(state, names, aside)]));
  const targets = new Set(
    Object.values(states).flatMap((state) => transitionsOf(state).map(({ target }) => target)),
  );
  return { startAt: found.find(([name]) => !targets.has(name))?.[0] ?? first[0], states };
}

function endOutside(state: JsonObject, names: ReadonlySet<string>, aside: ReadonlySet<string>): JsonObject {
  const inside = (target: Json | undefined) => typeof target === "string" && names.has(target);
  const result: JsonObject = { ...state };
  if (typeof state["Next"] === "string" && !inside(state["Next"])) {
    delete result["Next"];
    result["End"] = true;
  }
  if (typeof state["Default"] === "string" && !inside(state["Default"])) result["Default"] = "";
  for (const field of ["Choices", "Catch"]) {
    const items = state[field];
    if (Array.isArray(items))
      result[field] = items.map((item) =>
        isObject(item) && typeof item["Next"] === "string" && !aside.has(item["Next"])
          ? { ...item, Next: "" }
          : item,
      );
  }
  return result;
}

/** A fragment as the text that stands on the clipboard: plain ASL. */
export function fragmentText(fragment: Fragment): string {
  return JSON.stringify({ StartAt: fragment.startAt, States: fragment.states }, null, 2);
}

/** Puts a copy of states right after them, or beside the graph where nothing can follow. */
export function duplicate(document: WorkflowDocument, paths: readonly Path[]): Inserted | null {
  const [first] = paths;
  if (!first) return null;
  // In its own scope a copy decides and catches as its original does.
  const here = Object.keys(scopeStates(document.definition, scopeOfState(first)));
  const fragment = copyStates(document, paths, here);
  if (!fragment) return null;
  const place = paths.length === 1 ? placeAfter(document.definition, first) : null;
  const inserted = insert(
    document,
    place ?? { kind: "free", scope: scopeOfState(first), at: null },
    fragment,
    new Set(here),
  );
  return withComments(inserted, startFirst(fragment), commented(document, paths));
}

/**
 * Puts what a clipboard's text holds after a state, or beside the graph; null when the text holds no states.
 * `copied` has the comments of what it was copied from, where that is known.
 */
export function paste(
  document: WorkflowDocument,
  text: string,
  after: Path | null,
  copied: Commented = {},
): Inserted | null {
  const fragment = readFragment(text);
  if (!fragment) return null;
  const place: Place | null = after ? placeAfter(document.definition, after) : null;
  const inserted = insert(
    document,
    place ?? { kind: "free", scope: after ? scopeOfState(after) : [], at: null },
    fragment,
  );
  return withComments(inserted, startFirst(fragment), copied);
}

/** The names of a fragment's states in the order in which they are inserted. */
function startFirst({ startAt, states }: Fragment): string[] {
  return [startAt, ...Object.keys(states).filter((name) => name !== startAt)];
}
