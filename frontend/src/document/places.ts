import { isObject, valueAt, type JsonObject, type Path } from "@/asl/types.ts";
import { allStates, isTerminal, openTransitionsOf, transitionsOf, typeOf } from "@/asl/walk.ts";
import { samePath, type Point } from "@/document/document.ts";

/** Where a state can be put. A transition may stand for several fields that lead to one target. */
export type Place =
  | { readonly kind: "start"; readonly scope: Path }
  | { readonly kind: "transition"; readonly state: Path; readonly fields: readonly Path[] }
  | { readonly kind: "end"; readonly state: Path }
  /** At the end of one more way out of a state, and at a point of its scope. */
  | { readonly kind: "way"; readonly state: Path; readonly how: "next" | "catch"; readonly at: Point }
  | { readonly kind: "free"; readonly scope: Path; readonly at: Point | null };

/** Some states that belong together: one from the palette, a pattern, or what was copied. */
export interface Fragment {
  readonly startAt: string;
  readonly states: Readonly<Record<string, JsonObject>>;
}

export function scopePath(place: Place): Path {
  return place.kind === "start" || place.kind === "free" ? place.scope : scopeOfState(place.state);
}

export function scopeOfState(state: Path): Path {
  return state.slice(0, -2);
}

export function nameOf(state: Path): string {
  return String(state.at(-1) ?? "");
}

/** The paths without those that lead into another one of them. */
export function outermost(paths: readonly Path[]): readonly Path[] {
  return paths.filter(
    (path) =>
      !paths.some((other) => other.length < path.length && samePath(path.slice(0, other.length), other)),
  );
}

export function stateAt(definition: JsonObject, path: Path): JsonObject | null {
  const found = valueAt(definition, path);
  return isObject(found) ? found : null;
}

export function scopeStates(definition: JsonObject, scope: Path): JsonObject {
  const found = valueAt(definition, [...scope, "States"]);
  return isObject(found) ? found : {};
}

/** A name that no state has yet: "Pass", "Pass 2", "Pass 3". */
export function freeName(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, "");
  for (let number = 2; ; number++) if (!taken.has(`${stem} ${number}`)) return `${stem} ${number}`;
}

export function takenNames(definition: JsonObject): Set<string> {
  return new Set(allStates(definition).map(({ name }) => name));
}

/** A palette item's template as a fragment: one state under the item's title, or the states of a pattern. */
export function toFragment(template: JsonObject, title: string): Fragment | null {
  const states = template["States"];
  if (isObject(states)) {
    const found = Object.fromEntries(
      Object.entries(states).filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
    );
    const first = Object.keys(found)[0];
    if (first === undefined) return null;
    const start = template["StartAt"];
    return { startAt: typeof start === "string" && found[start] ? start : first, states: found };
  }
  return typeOf(template) ? { startAt: title, states: { [title]: template } } : null;
}

/** What a clipboard's text holds: a fragment, a single state, or states by name; null when it holds none. */
export function readFragment(text: string): Fragment | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value as JsonObject)) return null;
  const object = value as JsonObject;
  const fragment = toFragment(object, typeof object["Type"] === "string" ? object["Type"] : "State");
  if (fragment) return fragment;
  const entries = Object.entries(object);
  const all = entries.filter(
    (entry): entry is [string, JsonObject] => isObject(entry[1]) && typeOf(entry[1]) !== null,
  );
  const first = all[0];
  return first && all.length === entries.length
    ? { startAt: first[0], states: Object.fromEntries(all) }
    : null;
}

/** Where an execution goes on after a state when nothing special happens; null where it ends. */
export function mainTarget(state: JsonObject): string | null {
  if (isTerminal(state)) return null;
  const out = transitionsOf(state);
  const found =
    out.find(({ kind }) => kind === "next") ??
    out.find(({ kind }) => kind === "default") ??
    out.find(({ kind }) => kind === "choice");
  return found?.target ?? null;
}

/** The place right after a state, of a Choice first what is open; null when it has no single way on. */
export function placeAfter(definition: JsonObject, path: Path): Place | null {
  const state = stateAt(definition, path);
  if (!state) return null;
  const type = typeOf(state);
  if (type === "Succeed" || type === "Fail") return null;
  if (type === "Choice") {
    const [open] = openTransitionsOf(state);
    const field = open?.field ?? (typeof state["Default"] === "string" ? ["Default"] : null);
    return field && { kind: "transition", state: path, fields: [field] };
  }
  return typeof state["Next"] === "string"
    ? { kind: "transition", state: path, fields: [["Next"]] }
    : { kind: "end", state: path };
}
