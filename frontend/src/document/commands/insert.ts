import { isObject, valueAt, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { typeOf } from "@/asl/walk.ts";
import { withEdits, withPositions, type WorkflowDocument } from "@/document/document.ts";
import { withFreeNames } from "@/document/freeNames.ts";
import type { Edit } from "@/document/json.ts";
import {
  nameOf,
  scopePath,
  scopeStates,
  stateAt,
  takenNames,
  type Fragment,
  type Place,
} from "@/document/places.ts";
import { connect } from "@/document/commands/connect.ts";
import { fieldEdits, setFields } from "@/document/commands/setField.ts";

export interface Inserted {
  readonly document: WorkflowDocument;
  /** The new states, by path, the first one first. */
  readonly states: readonly Path[];
}

/**
 * Puts a fragment at a place: what led there leads to its start, and its loose ends lead on from there.
 * Rules and Catchers that lead to a state of `kept` stay as they are.
 */
export function insert(
  document: WorkflowDocument,
  place: Place,
  fragment: Fragment,
  kept: ReadonlySet<string> = new Set(),
): Inserted {
  const scope = scopePath(place);
  const renamed = withFreeNames(takenNames(document.definition), fragment.states);
  const states = renamed.states as Record<string, JsonObject>;
  const startAt = renamed.names.get(fragment.startAt) ?? fragment.startAt;
  const target = targetOf(document.definition, place);
  const joined = Object.entries(states).map(
    ([name, state]) => [name, leadOn(state, states, place.kind === "free" ? null : target, kept)] as const,
  );
  const edits: Edit[] = [];
  if (!isObject(valueAt(document.definition, [...scope, "States"])))
    edits.push(...fieldEdits(document.definition, [...scope, "States"], {}));
  let after = "state" in place ? nameOf(place.state) : undefined;
  const start = place.kind === "start" ? startAt : null;
  for (const [name, state] of joined) {
    edits.push({
      op: "set",
      path: [...scope, "States", name],
      value: state,
      ...(after === undefined ? {} : { after }),
    });
    after = name;
  }
  let edited = withEdits(document, edits);
  if (
    start !== null ||
    !(stringAt(edited.definition, [...scope, "StartAt"]) in scopeStates(edited.definition, scope))
  )
    edited = setFields(edited, [[[...scope, "StartAt"], start ?? startAt]]);
  if (place.kind === "transition")
    edited = setFields(
      edited,
      place.fields.map((field) => [[...place.state, ...field], startAt] as const),
    );
  if (place.kind === "end")
    edited = setFields(edited, [
      [[...place.state, "End"], undefined],
      [[...place.state, "Next"], startAt],
    ]);
  if (place.kind === "way") edited = connect(edited, place.state, startAt, place.how);
  if ((place.kind === "free" || place.kind === "way") && place.at)
    edited = withPositions(edited, { ...edited.layout.positions, [startAt]: place.at });
  const order = [startAt, ...Object.keys(states).filter((name) => name !== startAt)];
  return { document: edited, states: order.map((name) => [...scope, "States", name]) };
}

function stringAt(definition: JsonObject, path: Path): string {
  const found = valueAt(definition, path);
  return typeof found === "string" ? found : "";
}

/** The state that comes after what is put at a place; null where nothing does. */
export function targetOf(definition: JsonObject, place: Place): string | null {
  switch (place.kind) {
    case "start": {
      const start = stringAt(definition, [...place.scope, "StartAt"]);
      return start in scopeStates(definition, place.scope) ? start : null;
    }
    case "transition": {
      const target = valueAt(definition, [...place.state, ...(place.fields[0] ?? [])]);
      return typeof target === "string" && stateAt(definition, [...scopePath(place), "States", target])
        ? target
        : null;
    }
    case "way": {
      // A state has one Next: what followed comes after what is put between. All other ways are new ones.
      const next = place.how === "next" && stringAt(definition, [...place.state, "Next"]);
      return next && next in scopeStates(definition, scopePath(place)) ? next : null;
    }
    default:
      return null;
  }
}

/** The state with its loose ends led to the target, or ending where there is none. */
function leadOn(
  state: JsonObject,
  siblings: Readonly<Record<string, JsonObject>>,
  target: string | null,
  kept: ReadonlySet<string>,
): JsonObject {
  const type = typeOf(state);
  if (type === "Succeed" || type === "Fail") return state;
  const result: JsonObject = { ...state };
  const inside = (name: Json | undefined): boolean => typeof name === "string" && name in siblings;
  const stays = (name: Json | undefined): boolean =>
    inside(name) || (typeof name === "string" && kept.has(name));
  if (type === "Choice") {
    if (Array.isArray(state["Choices"])) {
      // What was decided is kept; where it led is open, where nothing follows.
      result["Choices"] = state["Choices"].map((rule): Json =>
        !isObject(rule) || rule["Next"] === "" || stays(rule["Next"])
          ? rule
          : { ...rule, Next: target ?? "" },
      );
    }
    if (!inside(state["Default"])) {
      if (target !== null) result["Default"] = target;
      else if (state["Default"] !== "" && !stays(state["Default"])) delete result["Default"];
    }
  } else if (!inside(state["Next"])) {
    delete result["Next"];
    delete result["End"];
    if (target === null) result["End"] = true;
    else result["Next"] = target;
  }
  if (Array.isArray(state["Catch"]))
    result["Catch"] = state["Catch"].map((catcher) =>
      !isObject(catcher) || stays(catcher["Next"]) ? catcher : { ...catcher, Next: "" },
    );
  return result;
}
