import { isObject, valueAt, type JsonObject, type Path, type QueryLanguage } from "@/asl/types.ts";
import { contextRead, expressionsIn, ownFields } from "@/asl/expressionReads.ts";
import { isTerminal, scopeAt, scopesOf, statesOf, transitionsOf, typeOf, type StateAt } from "@/asl/walk.ts";
import { samePath } from "@/document/document.ts";
import { nameOf, outermost, scopeOfState } from "@/document/places.ts";

/** Some states of one scope, with one way in and one way out. */
export interface Passage {
  readonly scope: Path;
  /** In the order in which they are written. */
  readonly names: readonly string[];
  /** The state that is entered from outside. */
  readonly start: string;
  /** Where they lead on to; null where they end their scope. */
  readonly target: string | null;
}

/** Why something cannot be done, and the state or transition that is in the way. */
export interface Obstacle {
  readonly reason: string;
  readonly from?: string;
  readonly to?: string;
}

export function isObstacle(value: object): value is Obstacle {
  return "reason" in value;
}

/** The selected states as a passage, or what is in the way of one. States inside a selected box come with it. */
export function passageOf(definition: JsonObject, selected: readonly Path[]): Passage | Obstacle {
  const paths = outermost(selected);
  const [first] = paths;
  if (!first) return { reason: "Select the states first." };
  const scope = scopeOfState(first);
  const stray = paths.find((path) => !samePath(scopeOfState(path), scope));
  if (stray)
    return {
      reason: `“${nameOf(first)}” and “${nameOf(stray)}” are not in the same box or branch: select states of one.`,
      from: nameOf(stray),
    };
  const around = scopeAt(definition, scope);
  const all = statesOf(around);
  const inside = new Set(paths.map(nameOf));
  const states = all.filter(({ name }) => inside.has(name));

  const ins = all
    .filter(({ name }) => !inside.has(name))
    .flatMap(({ name, state }) =>
      transitionsOf(state)
        .filter(({ target }) => inside.has(target))
        .map(({ target }) => ({ from: name, to: target })),
    );
  const begin = around.value["StartAt"];
  const atStart = typeof begin === "string" && inside.has(begin) ? begin : null;
  const start = atStart ?? ins[0]?.to;
  if (start === undefined) return { reason: "Nothing leads to these states: join them to the others first." };
  const second = ins.find(({ to }) => to !== start);
  if (second) {
    const one = atStart ? `it begins with “${atStart}”` : `“${ins[0]?.from}” leads to “${start}”`;
    return {
      reason: `There are two ways in: ${one}, and “${second.from}” leads to “${second.to}”. One is needed.`,
      ...second,
    };
  }

  const target = targetOf(states, inside);
  if (target !== null && typeof target === "object") return target;
  if (target !== null && !all.some(({ name }) => name === target))
    return { reason: `They lead to “${target}”, which is not there.`, to: target };
  return { scope, names: states.map(({ name }) => name), start, target };
}

/** Where all ways out lead. */
function targetOf(states: readonly StateAt[], inside: ReadonlySet<string>): string | null | Obstacle {
  const outs = states.flatMap(({ name, state }) =>
    transitionsOf(state)
      .filter(({ target }) => !inside.has(target))
      .map(({ kind, target }) => ({ from: name, to: target, kind })),
  );
  const main = outs.find(({ kind }) => kind !== "catch") ?? outs[0];
  if (!main) return null;
  const other = outs.find(({ to }) => to !== main.to);
  if (other) {
    const [one, second] = [main, other].map(({ kind }) =>
      kind === "catch" ? "catches errors and then goes on to" : "leads to",
    );
    const ways =
      other.from === main.from && one === second
        ? `“${main.from}” ${one} “${main.to}” and to “${other.to}”`
        : `“${main.from}” ${one} “${main.to}”, and “${other.from}” ${second} “${other.to}”`;
    const without = inside.size > 1 ? `, or leave out “${other.from}”` : "";
    return {
      reason: `There are two ways out: ${ways}. Select “${other.to}” too${without}.`,
      from: other.from,
      to: other.to,
    };
  }
  const ends = states.find(({ state }) => isTerminal(state) && typeOf(state) !== "Fail");
  if (ends)
    return {
      reason: `“${ends.name}” ends here, while “${main.from}” goes on to “${main.to}”: a nested workflow has one way out.`,
      from: ends.name,
    };
  return main.to;
}

/** The language of states in a scope that name none. */
export function languageIn(definition: JsonObject, scope: Path): QueryLanguage {
  let found: unknown;
  for (let length = 0; length <= scope.length; length++) {
    const value = valueAt(definition, scope.slice(0, length));
    if (isObject(value) && isObject(value["States"])) found = value["QueryLanguage"] ?? found;
  }
  return found === "JSONata" ? "JSONata" : "JSONPath";
}

/** What states read that would be another's in another execution: its data, its machine, an item of a Map around. */
export function readsOfExecution(
  states: readonly StateAt[],
  language: QueryLanguage,
  inMap = false,
): Obstacle | null {
  for (const at of states) {
    const mine = at.state["QueryLanguage"] === "JSONata" ? "JSONata" : language;
    // A Map's own fields that make its items may read the item.
    const isMap = typeOf(at.state) === "Map";
    for (const text of expressionsIn(ownFields(at.state), mine))
      for (const field of contextRead(text, mine)) {
        if (field === "State" || field === "Task" || (field === "Map" && (inMap || isMap))) continue;
        const what =
          field === "Map" ? "the item of the Map around it" : `the execution it is in (${text.trim()})`;
        return {
          reason: `“${at.name}” reads ${what}, which would be another one then.`,
          from: at.name,
        };
      }
    const inner = scopesOf(at).flatMap(statesOf);
    const found = readsOfExecution(inner, language, inMap || isMap);
    if (found) return found;
  }
  return null;
}
