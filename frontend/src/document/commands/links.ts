import { isObject, valueAt, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { scopeAt, statesOf, transitionsOf, typeOf } from "@/asl/walk.ts";
import { withEdits, type WorkflowDocument } from "@/document/document.ts";
import { withFreeNames } from "@/document/freeNames.ts";
import { nameOf, scopeOfState, scopeStates, takenNames, type Fragment } from "@/document/places.ts";
import { commented, withComments, type Commented } from "@/document/commands/copiedComments.ts";
import type { Inserted } from "@/document/commands/insert.ts";
import { insertItem, setFields } from "@/document/commands/setField.ts";

/** A transition that led to a copied state from a state that was not copied. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: "next" | "default" | "choice" | "catch";
  /** The rule or Catcher that led there. */
  readonly item: JsonObject | null;
}

/** What was copied with what it was joined to. */
export interface Linked {
  readonly states: Readonly<Record<string, JsonObject>>;
  readonly links: readonly Link[];
  readonly comments: Commented;
}

/** Some states of one scope as they are, with the transitions that lead to them from outside. */
export function copyWithLinks(document: WorkflowDocument, paths: readonly Path[]): Linked | null {
  const [first] = paths;
  if (!first) return null;
  const scope = scopeOfState(first);
  const names = new Set(paths.filter((path) => path.length === first.length).map(nameOf));
  const states: Record<string, JsonObject> = {};
  const links: Link[] = [];
  for (const at of statesOf(scopeAt(document.definition, scope))) {
    if (names.has(at.name)) {
      states[at.name] = at.state;
      continue;
    }
    for (const { kind, target, field } of transitionsOf(at.state)) {
      if (!names.has(target)) continue;
      const item = field.length > 1 ? valueAt(at.state, field.slice(0, 2)) : undefined;
      links.push({ from: at.name, to: target, kind, item: isObject(item) ? item : null });
    }
  }
  return { states, links, comments: commented(document, paths) };
}

/**
 * Pastes states that keep their links: each leads where it led, as far as that is there, and what led to it
 * leads to the copy too. A rule or Catcher is repeated for the copy; a plain way on, of which a state has
 * one, goes to the copy.
 */
export function pasteWithLinks(document: WorkflowDocument, linked: Linked, scope: Path): Inserted {
  const here = scopeStates(document.definition, scope);
  const there = (target: Json | undefined): boolean =>
    typeof target === "string" && (target in linked.states || target in here);
  const known = Object.entries(linked.states).map(([name, state]) => [name, onlyKnown(state, there)]);
  const { states, names } = withFreeNames(
    takenNames(document.definition),
    Object.fromEntries(known) as JsonObject,
  );
  const edits = Object.entries(states).map(([name, value]) => ({
    op: "set" as const,
    path: [...scope, "States", name],
    value,
  }));
  let edited = withEdits(document, edits);
  for (const link of linked.links) edited = follow(edited, scope, link, names.get(link.to) ?? link.to);
  const order = startFirst(linked.states);
  const inserted = {
    document: edited,
    states: order.map((name) => [...scope, "States", names.get(name) ?? name]),
  };
  return withComments(inserted, order, linked.comments);
}

/** A clipboard's states as if they had been copied with their links: nothing is known of what led to them. */
export function unlinked(fragment: Fragment): Linked {
  return { states: fragment.states, links: [], comments: {} };
}

function follow(document: WorkflowDocument, scope: Path, link: Link, to: string): WorkflowDocument {
  const path = [...scope, "States", link.from];
  const from = valueAt(document.definition, path);
  if (!isObject(from) || typeOf(from) === "Succeed" || typeOf(from) === "Fail") return document;
  const list = link.kind === "choice" ? "Choices" : "Catch";
  switch (link.kind) {
    case "choice":
    case "catch": {
      if (!link.item || (link.kind === "choice") !== (typeOf(from) === "Choice")) return document;
      const items = Array.isArray(from[list]) ? from[list] : [];
      return insertItem(document, [...path, list, items.length], { ...link.item, Next: to });
    }
    case "default":
      return typeOf(from) === "Choice" ? setFields(document, [[[...path, "Default"], to]]) : document;
    case "next":
      return typeOf(from) === "Choice"
        ? document
        : setFields(document, [
            [[...path, "End"], undefined],
            [[...path, "Next"], to],
          ]);
  }
}

/** The state without transitions to states that are not there. */
function onlyKnown(state: JsonObject, there: (target: Json | undefined) => boolean): JsonObject {
  const result: JsonObject = { ...state };
  if (state["Next"] !== undefined && !there(state["Next"])) {
    delete result["Next"];
    result["End"] = true;
  }
  if (state["Default"] !== undefined && !there(state["Default"])) delete result["Default"];
  const known = (items: Json | undefined) =>
    Array.isArray(items) ? items.filter((item) => isObject(item) && there(item["Next"])) : [];
  if (state["Choices"] !== undefined) result["Choices"] = known(state["Choices"]);
  if (known(state["Catch"]).length) result["Catch"] = known(state["Catch"]);
  else delete result["Catch"];
  return result;
}

function startFirst(states: Linked["states"]): string[] {
  const targets = new Set(
    Object.values(states).flatMap((state) => transitionsOf(state).map(({ target }) => target)),
  );
  const names = Object.keys(states);
  const start = names.find((name) => !targets.has(name)) ?? names[0];
  return start === undefined ? [] : [start, ...names.filter((name) => name !== start)];
}
