import { isObject, sameJson, type Json, type JsonObject } from "@/asl/types.ts";
import { allStates, processorField, statesAlong, typeOf } from "@/asl/walk.ts";

export type Kind = "added" | "removed" | "changed";

export interface StateDifference {
  readonly name: string;
  readonly kind: Kind;
  /** The fields that differ; empty for what is wholly new or gone. */
  readonly fields: readonly string[];
}

export interface Difference {
  readonly states: readonly StateDifference[];
  /** Fields of the machine itself that differ. */
  readonly machine: readonly string[];
}

/** What differs between two definitions, state by state; a state is known by its name. */
export function differenceOf(before: JsonObject, after: JsonObject): Difference {
  const [old, now] = [ownParts(before), ownParts(after)];
  const states: StateDifference[] = [];
  for (const [name, part] of now) {
    const was = old.get(name);
    if (was === undefined) states.push({ name, kind: "added", fields: [] });
    else {
      const fields = [
        ...differing(was.state, part.state),
        ...(was.around === part.around ? [] : ["where it stands"]),
      ];
      if (fields.length) states.push({ name, kind: "changed", fields });
    }
  }
  for (const name of old.keys()) if (!now.has(name)) states.push({ name, kind: "removed", fields: [] });
  const own = ({ States: _, ...rest }: JsonObject) => rest;
  return { states, machine: differing(own(before), own(after)) };
}

interface Part {
  readonly state: JsonObject;
  /** The states around it, from the outside. */
  readonly around: string;
}

/** Each state by its name without the states inside it: those are states of their own. */
function ownParts(definition: JsonObject): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const at of allStates(definition)) {
    const around = statesAlong(at.scope.path).map((path) => path.at(-1));
    parts.set(at.name, { state: withoutInside(at.state), around: around.join("/") });
  }
  return parts;
}

function withoutInside(state: JsonObject): JsonObject {
  const type = typeOf(state);
  if (type === "Parallel" && Array.isArray(state["Branches"]))
    return { ...state, Branches: state["Branches"].map(shell) };
  if (type === "Map") {
    const field = processorField(state);
    return { ...state, [field]: shell(state[field] ?? null) };
  }
  return state;
}

function shell(scope: Json): Json {
  if (!isObject(scope)) return scope;
  const { States: _, ...rest } = scope;
  return rest;
}

function differing(one: JsonObject, other: JsonObject): string[] {
  const names = [...Object.keys(other), ...Object.keys(one).filter((name) => !Object.hasOwn(other, name))];
  return names.filter((name) => !sameJson(one[name], other[name]));
}

/** The marks of one side: what is gone shows on the older graph, what came on the newer one. */
export function marksOf(difference: Difference, side: "before" | "after"): Map<string, Kind> {
  const hidden: Kind = side === "before" ? "added" : "removed";
  return new Map(
    difference.states.filter(({ kind }) => kind !== hidden).map(({ name, kind }) => [name, kind]),
  );
}

/** How many of each kind, in words: "2 added, 1 changed". */
export function inWords(difference: Difference): string {
  const count = (kind: Kind) => difference.states.filter((state) => state.kind === kind).length;
  const parts = (["added", "removed", "changed"] as const)
    .filter((kind) => count(kind) > 0)
    .map((kind) => `${count(kind)} ${kind}`);
  if (difference.machine.length) parts.push("fields of the workflow");
  return parts.length ? parts.join(", ") : "no state differs";
}
