import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { transitionsOf, typeOf } from "@/asl/walk.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import {
  nameOf,
  placeAfter,
  readFragment,
  scopeOfState,
  stateAt,
  type Fragment,
  type Place,
} from "@/document/places.ts";
import { insert, type Inserted } from "@/document/commands/insert.ts";

/** Some states as a fragment: transitions among them stay, others end. States inside a copied one come along with it. */
export function copyStates(document: WorkflowDocument, paths: readonly Path[]): Fragment | null {
  const outer = paths.filter(
    (path) =>
      !paths.some(
        (other) => other.length < path.length && other.every((step, index) => step === path[index]),
      ),
  );
  const found = outer.flatMap((path) => {
    const state = stateAt(document.definition, path);
    return state ? [[nameOf(path), state] as const] : [];
  });
  const names = new Set(found.map(([name]) => name));
  const [first] = found;
  if (!first) return null;
  const states = Object.fromEntries(found.map(([name, state]) => [name, endOutside(state, names)]));
  const targets = new Set(
    Object.values(states).flatMap((state) => transitionsOf(state).map(({ target }) => target)),
  );
  return { startAt: found.find(([name]) => !targets.has(name))?.[0] ?? first[0], states };
}

function endOutside(state: JsonObject, names: ReadonlySet<string>): JsonObject {
  const inside = (target: Json | undefined) => typeof target === "string" && names.has(target);
  const result: JsonObject = { ...state };
  if (typeof state["Next"] === "string" && !inside(state["Next"])) {
    delete result["Next"];
    result["End"] = true;
  }
  if (typeOf(state) === "Choice" && !inside(state["Default"])) delete result["Default"];
  if (Array.isArray(state["Catch"])) {
    const kept = state["Catch"].filter((catcher) => isObject(catcher) && inside(catcher["Next"]));
    if (kept.length) result["Catch"] = kept;
    else delete result["Catch"];
  }
  return result;
}

/** A fragment as the text that stands on the clipboard: plain ASL. */
export function fragmentText(fragment: Fragment): string {
  return JSON.stringify({ StartAt: fragment.startAt, States: fragment.states }, null, 2);
}

/** Puts a copy of states right after them, or beside the graph where nothing can follow. */
export function duplicate(document: WorkflowDocument, paths: readonly Path[]): Inserted | null {
  const fragment = copyStates(document, paths);
  const [first] = paths;
  if (!fragment || !first) return null;
  const place = paths.length === 1 ? placeAfter(document.definition, first) : null;
  return insert(document, place ?? { kind: "free", scope: scopeOfState(first), at: null }, fragment);
}

/** Puts what a clipboard's text holds after a state, or beside the graph; null when the text holds no states. */
export function paste(document: WorkflowDocument, text: string, after: Path | null): Inserted | null {
  const fragment = readFragment(text);
  if (!fragment) return null;
  const place: Place | null = after ? placeAfter(document.definition, after) : null;
  return insert(
    document,
    place ?? { kind: "free", scope: after ? scopeOfState(after) : [], at: null },
    fragment,
  );
}
