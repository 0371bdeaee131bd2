import type { Path } from "@/asl/types.ts";
import { flowOf, stillRead } from "@/asl/variableFlow.ts";
import { assignedByState, assignedIn } from "@/asl/variables.ts";
import { rootScope, scopeAt, statesAlong, statesOf, transitionsOf } from "@/asl/walk.ts";
import { retargetAll } from "@/document/commands/disconnect.ts";
import { setField, setFields } from "@/document/commands/setField.ts";
import { inLayout, withEdits, type WorkflowDocument } from "@/document/document.ts";
import { parseJson } from "@/document/json.ts";
import { withoutStates } from "@/document/layout.ts";
import { nameOf, scopeOfState, stateAt } from "@/document/places.ts";
import { assignedAround } from "./around.ts";
import { joined, prepared, rawAt, type Brought, type Shift } from "./brought.ts";
import { handingBack, sameValue, takingIn, type HandOver } from "./handOver.ts";
import { languageIn } from "./passage.ts";
import { freeVariable, inWords, renameVariables } from "./variables.ts";

/**
 * The document with the workflow's states right where its Task stood, or null where more than plain passing
 * would get lost.
 */
export function putFlat(
  document: WorkflowDocument,
  path: Path,
  whole: WorkflowDocument,
  handOver: HandOver,
  shift: Shift,
): Brought | null {
  const plain = withoutHandOver(whole, handOver);
  const variables = plain && flatNames(document, path, plain, handOver);
  if (!plain || !variables) return null;
  const language = languageIn(plain.definition, []);
  const scope = scopeOfState(path);
  const name = nameOf(path);
  const own = renameVariables(plain, language, variables);
  const { nested, renamed } = prepared(document, scope, own, name);
  const next = stateAt(document.definition, path)?.["Next"];
  const ready = typeof next === "string" ? leadingOn(nested, next) : nested;
  const begin = String(ready.definition["StartAt"]);
  const states = statesOf(rootScope(ready.definition));
  const root = parseJson(ready.text);
  let edited = retargetAll(document, scope, name, begin);
  const [first, ...others] = states;
  if (first) {
    edited = withEdits(edited, [
      { op: "set", path, value: rawAt(ready.text, root, first.path) },
      { op: "rename", path, key: first.name },
      ...others.map((at, index) => ({
        op: "set" as const,
        path: [...scope, "States", at.name],
        value: rawAt(ready.text, root, at.path),
        after: states[index]?.name ?? first.name,
      })),
    ]);
  }
  const outer = new Set(states.map((at) => at.name));
  return {
    document: inLayout(edited, joined(withoutStates(edited.layout, new Set([name])), ready, outer, shift)),
    states: [begin, ...[...outer].filter((each) => each !== begin)].map((each) => [...scope, "States", each]),
    boxed: false,
    renamed: new Map([...renamed, ...inWords(variables)]),
  };
}

/** The workflow with every end leading to a state; what only ends it goes. */
function leadingOn(nested: WorkflowDocument, next: string): WorkflowDocument {
  let edited = nested;
  for (const at of statesOf(rootScope(nested.definition))) {
    if (at.state["End"] === true)
      edited = setFields(edited, [
        [[...at.path, "End"], undefined],
        [[...at.path, "Next"], next],
      ]);
    if (at.state["Type"] !== "Succeed") continue;
    const says = Object.keys(at.state).some((field) => !["Type", "Comment", "QueryLanguage"].includes(field));
    if (says || edited.definition["StartAt"] === at.name) {
      edited = setFields(edited, [
        [[...at.path, "Type"], "Pass"],
        [[...at.path, "Next"], next],
      ]);
      continue;
    }
    edited = withEdits(retargetAll(edited, [], at.name, next), [{ op: "remove", path: at.path }]);
  }
  return edited;
}

/** The workflow without the states that only take in and hand back variables; null where they are others. */
function withoutHandOver(nested: WorkflowDocument, { given, returned }: HandOver): WorkflowDocument | null {
  const language = languageIn(nested.definition, []);
  let edited = nested;
  if (given.length > 0) {
    const begin = String(edited.definition["StartAt"]);
    const { Next: next, ...first } = stateAt(edited.definition, ["States", begin]) ?? {};
    const others = statesOf(rootScope(edited.definition)).flatMap(({ state }) => transitionsOf(state));
    if (
      typeof next !== "string" ||
      !sameValue(first, takingIn(given, language)) ||
      others.some(({ target }) => target === begin)
    )
      return null;
    edited = setField(withEdits(edited, [{ op: "remove", path: ["States", begin] }]), ["StartAt"], next);
  }
  if (returned.length > 0) {
    const ends = statesOf(rootScope(edited.definition)).filter(
      ({ state }) => state["End"] === true || state["Type"] === "Succeed",
    );
    const [end] = ends;
    if (!end || ends.length > 1 || !sameValue(end.state, handingBack(returned, language))) return null;
    edited = setField(edited, end.path, { Type: "Succeed" });
  }
  return edited;
}

/**
 * Which variables need other names so that the states can stand right in the scope, or null where no names
 * help: the workflow changes a variable that it was handed, and what follows here reads the unchanged one.
 */
function flatNames(
  document: WorkflowDocument,
  path: Path,
  nested: WorkflowDocument,
  { given, returned }: HandOver,
): ReadonlyMap<string, string> | null {
  const { definition } = document;
  const scope = scopeOfState(path);
  const target = stateAt(definition, path)?.["Next"];
  const flow = flowOf(scopeAt(definition, scope), languageIn(definition, scope));
  const after = (typeof target === "string" && stillRead(flow).get(target)) || new Set<string>();
  const here = assignedAround(definition, scope);
  const outer = new Set(
    statesAlong(scope)
      .slice(-1)
      .flatMap((box) => [...assignedAround(definition, box.slice(0, -2))]),
  );
  const taken = new Set([...assignedIn(definition), ...assignedIn(nested.definition)]);
  const names = new Map<string, string>();
  for (const { state } of statesOf(rootScope(nested.definition)))
    for (const name of assignedByState(state)) {
      if (returned.includes(name) || !((here.has(name) && after.has(name)) || outer.has(name))) continue;
      if (given.includes(name)) return null;
      if (!names.has(name)) {
        names.set(name, freeVariable(taken, name));
        taken.add(names.get(name) ?? name);
      }
    }
  return names;
}
