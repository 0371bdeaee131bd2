import type { Path, QueryLanguage } from "@/asl/types.ts";
import { assignedIn } from "@/asl/variables.ts";
import { rootScope, statesOf } from "@/asl/walk.ts";
import { setField, setFields } from "@/document/commands/setField.ts";
import { inLayout, withEdits, withLayout, type WorkflowDocument } from "@/document/document.ts";
import { parseJson, RawJson } from "@/document/json.ts";
import { withoutStates } from "@/document/layout.ts";
import { nameOf, scopeOfState, stateAt } from "@/document/places.ts";
import { assignedAround } from "./around.ts";
import { parallelFields } from "./asParallel.ts";
import { joined, NO_SHIFT, prepared, rawAt, type Brought } from "./brought.ts";
import { isObstacle, languageIn, type Obstacle } from "./passage.ts";
import type { StartTask } from "./startTask.ts";
import { freeVariable, inWords, renameVariables } from "./variables.ts";

/** The document with the workflow's states as the one branch of a Parallel state in the place of its Task. */
export function putBoxed(
  document: WorkflowDocument,
  path: Path,
  nested: WorkflowDocument,
  { parsed }: StartTask,
  language: QueryLanguage,
): Brought | Obstacle {
  const task = stateAt(document.definition, path) ?? {};
  const fields = parallelFields(task, language, parsed);
  if (isObstacle(fields)) return fields;
  const here = assignedAround(document.definition, scopeOfState(path));
  const taken = new Set([...assignedIn(document.definition), ...assignedIn(nested.definition)]);
  const variables = new Map<string, string>();
  for (const name of assignedIn(nested.definition).filter((each) => here.has(each))) {
    variables.set(name, freeVariable(taken, name));
    taken.add(variables.get(name) ?? name);
  }
  const own = renameVariables(nested, languageIn(nested.definition, []), variables);
  const { nested: ready, renamed } = prepared(document, scopeOfState(path), own);
  const root = parseJson(ready.text);
  const branch = `[{"StartAt": ${JSON.stringify(ready.definition["StartAt"])}, "States": ${rawAt(ready.text, root, ["States"]).text}}]`;
  let edited = setFields(
    document,
    Object.entries(fields).map(([field, value]) => [[...path, field], value] as const),
  );
  edited = setField(edited, [...path, "Branches"], []);
  edited = withEdits(edited, [{ op: "set", path: [...path, "Branches"], value: new RawJson(branch) }]);
  const outer = new Set(statesOf(rootScope(ready.definition)).map((at) => at.name));
  // In the box they are laid out anew; what is inside them stays where it is.
  const { positions, ...looks } = ready.layout;
  const inside = Object.fromEntries(Object.entries(positions).filter(([name]) => !outer.has(name)));
  const rest = withoutStates(edited.layout, new Set([nameOf(path)]));
  const place = document.layout.positions[nameOf(path)];
  const kept = place ? withLayout(rest, { positions: { ...rest.positions, [nameOf(path)]: place } }) : rest;
  return {
    document: inLayout(
      edited,
      joined(kept, inLayout(ready, { ...looks, positions: inside, notes: [] }), outer, NO_SHIFT),
    ),
    states: [path],
    boxed: true,
    renamed: new Map([...renamed, ...inWords(variables)]),
  };
}
