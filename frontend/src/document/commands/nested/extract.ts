import type { JsonObject, Path, QueryLanguage } from "@/asl/types.ts";
import { flowOf, perhapsAssigned, stillRead, surelyAssigned, type Flow } from "@/asl/variableFlow.ts";
import { allStates, scopeAt, statesOf, transitionsOf } from "@/asl/walk.ts";
import { retarget, retargetAll } from "@/document/commands/disconnect.ts";
import { setField, setFields } from "@/document/commands/setField.ts";
import {
  inLayout,
  openDocument,
  withEdits,
  withLayout,
  type Point,
  type WorkflowDocument,
} from "@/document/document.ts";
import { formatJson, nodeAt, parseJson } from "@/document/json.ts";
import { partOf, withoutStates } from "@/document/layout.ts";
import { freeName, stateAt, takenNames } from "@/document/places.ts";
import { givenTo, refusedByBoxes } from "./around.ts";
import { handingBack, taskOf, takingIn } from "./handOver.ts";
import {
  isObstacle,
  languageIn,
  passageOf,
  readsOfExecution,
  type Obstacle,
  type Passage,
} from "./passage.ts";

/** What becomes of states when they move to a workflow of their own. */
export interface Extraction extends Passage {
  readonly language: QueryLanguage;
  /** The variables that are handed in, and those that are handed back. */
  readonly given: readonly string[];
  readonly returned: readonly string[];
  /** The states among them that fail the workflow with an error of their own. */
  readonly fails: readonly string[];
}

/** What is drawn by hand and moves along. */
export interface Moved {
  /** From where a state stood in its scope to where it stands in the other workflow. */
  readonly shift: Point;
  /** The notes that go too; they are counted from the start of the graph, wherever the states are. */
  readonly notes: readonly string[];
  readonly noteShift: Point;
}

const NOTHING_MOVED: Moved = { shift: { x: 0, y: 0 }, notes: [], noteShift: { x: 0, y: 0 } };

/** How the selected states can be moved to a workflow of their own, or what is in the way. */
export function extractionOf(definition: JsonObject, selected: readonly Path[]): Extraction | Obstacle {
  const passage = passageOf(definition, selected);
  if (isObstacle(passage)) return passage;
  const { scope, names, target } = passage;
  const language = languageIn(definition, scope);
  const states = statesOf(scopeAt(definition, scope)).filter(({ name }) => names.includes(name));
  const refused = refusedByBoxes(definition, scope) ?? readsOfExecution(states, language);
  if (refused) return refused;
  const variables = variablesOf(definition, passage, language);
  if ("reason" in variables) return variables;
  const inside = allStates({ States: Object.fromEntries(states.map(({ name, state }) => [name, state])) });
  const fails = inside.filter(({ state }) => state["Type"] === "Fail").map(({ name }) => name);
  return { scope, names, start: passage.start, target, language, ...variables, fails };
}

/** The variables that have to go in and come back, or why that cannot be said beforehand. */
function variablesOf(
  definition: JsonObject,
  { scope, names, start, target }: Passage,
  language: QueryLanguage,
): { given: string[]; returned: string[] } | Obstacle {
  const around = scopeAt(definition, scope);
  const flow = flowOf(around, language);
  const begin = String(around.value["StartAt"]);
  const outer = givenTo(definition, scope);
  const surely = surelyAssigned(flow, begin, outer.surely).get(start) ?? outer.surely;
  const perhaps = perhapsAssigned(flow, begin, outer.perhaps).get(start) ?? outer.perhaps;
  const part: Flow = new Map([...flow].filter(([name]) => names.includes(name)));

  const given = new Set<string>();
  for (const name of stillRead(part).get(start) ?? []) {
    if (surely.has(name)) given.add(name);
    else if (perhaps.has(name))
      return {
        reason: `These states read “$${name}”, which is assigned on some of the ways that lead to them only. Assign it on all of them first.`,
      };
  }

  const returned = new Set<string>();
  const after = (target !== null && stillRead(flow).get(target)) || new Set<string>();
  const assigned = new Set([...part.values()].flatMap(({ ways }) => ways.flatMap((way) => way.assigned)));
  for (const name of [...assigned].filter((each) => after.has(each))) {
    if (!atEachExit(part, start, given, name)) {
      if (!surely.has(name))
        return {
          reason: `“$${name}” is read later, and is assigned on some of the ways through these states only. Assign it on all of them first.`,
        };
      given.add(name);
    }
    returned.add(name);
  }
  return { given: [...given].sort(), returned: [...returned].sort() };
}

function atEachExit(part: Flow, start: string, given: ReadonlySet<string>, name: string): boolean {
  const surely = surelyAssigned(part, start, given);
  return [...part].every(([state, { ways }]) =>
    ways.every(
      ({ to, assigned }) =>
        (to !== null && part.has(to)) ||
        !surely.has(state) ||
        assigned.includes(name) ||
        surely.get(state)?.has(name) === true,
    ),
  );
}

/**
 * The nested workflow: the states as they are typed, leading to an end where they led out, with what is drawn
 * of them by hand.
 */
export function nestedDocument(
  document: WorkflowDocument,
  extraction: Extraction,
  moved: Moved = NOTHING_MOVED,
): WorkflowDocument {
  const { scope, names, start, target, language, given, returned } = extraction;
  const root = parseJson(document.text);
  const taken = new Set(
    names.flatMap((name) => [name, ...namesInside(document, [...scope, "States", name])]),
  );
  const named = (wanted: string): string => {
    const free = freeName(taken, wanted);
    taken.add(free);
    return free;
  };
  const states = names.map((name): [string, string] => {
    const node = nodeAt(root, [...scope, "States", name]);
    return [name, node ? document.text.slice(node.start, node.end) : "{}"];
  });
  const begin = given.length ? named("Take in") : start;
  const end = target === null ? null : returned.length ? named("Hand back") : null;
  if (begin !== start) states.unshift([begin, JSON.stringify({ ...takingIn(given, language), Next: start })]);
  if (end !== null) states.push([end, JSON.stringify(handingBack(returned, language))]);
  const members = [
    ...(language === "JSONata" ? ['"QueryLanguage": "JSONata"'] : []),
    `"StartAt": ${JSON.stringify(begin)}`,
    `"States": {${states.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(", ")}}`,
  ];
  const layout = partOf(document.layout, { inner: taken, outer: new Set(names), ...moved });
  const opened = openDocument(`${formatJson(`{${members.join(", ")}}`)}\n`, layout);
  return target === null ? opened : led(opened, target, end, () => named("Done"));
}

/** The document with the ways that led out leading to its end. */
function led(
  document: WorkflowDocument,
  target: string,
  end: string | null,
  done: () => string,
): WorkflowDocument {
  let stop = end;
  let edited = document;
  for (const at of statesOf(scopeAt(document.definition, []))) {
    const out = transitionsOf(at.state).filter((way) => way.target === target);
    const plain = out.filter(({ kind }) => kind === "next");
    const others = out.filter(({ kind }) => kind !== "next");
    if (plain.length && end !== null) edited = setField(edited, [...at.path, "Next"], end);
    else if (plain.length)
      edited = setFields(edited, [
        [[...at.path, "Next"], undefined],
        [[...at.path, "End"], true],
      ]);
    if (others.length === 0) continue;
    if (stop === null) {
      // Rules and Catchers lead to a state always.
      stop = done();
      edited = setField(edited, ["States", stop], { Type: "Succeed" });
    }
    edited = retarget(
      edited,
      at.path,
      others.map(({ field }) => field),
      stop,
    );
  }
  return edited;
}

/** The document with one Task in the place of the states, and the way to it. */
export function withTask(
  document: WorkflowDocument,
  extraction: Extraction,
  arn: string,
  wanted: string,
  notes: readonly string[] = [],
): { readonly document: WorkflowDocument; readonly task: Path } {
  const { scope, names, start, target } = extraction;
  const [anchor = start, ...others] = names;
  const moved = names.flatMap((name) => [name, ...namesInside(document, [...scope, "States", name])]);
  const taken = takenNames(document.definition);
  for (const name of moved) taken.delete(name);
  const name = freeName(taken, wanted);
  const state = {
    ...taskOf({ arn, ...extraction }),
    ...(target === null ? { End: true } : { Next: target }),
  };
  const path = [...scope, "States", anchor];
  const replaced = withEdits(document, [
    ...others.map((each) => ({ op: "remove" as const, path: [...scope, "States", each] })),
    { op: "set", path, value: state },
    { op: "rename", path, key: name },
  ]);
  const edited = retargetAll(replaced, scope, start, name);
  const place = document.layout.positions[start];
  const left = withoutStates(edited.layout, new Set(moved));
  return {
    document: inLayout(
      edited,
      withLayout(left, {
        positions: place ? { ...left.positions, [name]: place } : left.positions,
        notes: left.notes?.filter(({ id }) => !notes.includes(id)),
      }),
    ),
    task: [...scope, "States", name],
  };
}

/** The names of all states inside a state. */
export function namesInside(document: WorkflowDocument, path: Path): string[] {
  const state = stateAt(document.definition, path);
  if (!state) return [];
  return allStates({ States: { "": state } })
    .slice(1)
    .map(({ name }) => name);
}
