import { valueAt, type Path } from "@/asl/types.ts";
import {
  allStates,
  scopeAt,
  statesOf,
  transitionsOf,
  typeOf,
  type StateAt,
  type Transition,
} from "@/asl/walk.ts";
import { inLayout, withEdits, type WorkflowDocument } from "@/document/document.ts";
import { withoutStates } from "@/document/layout.ts";
import { mainTarget, nameOf, scopeOfState, scopeStates, stateAt } from "@/document/places.ts";
import { disconnect, retarget } from "@/document/commands/disconnect.ts";
import { setField } from "@/document/commands/setField.ts";

/** True for a transition that goes on leading to a name while the state of that name is elsewhere for a moment. */
export type Staying = (transition: Transition, from: StateAt) => boolean;

/** Takes states away; what led to each leads on to what followed it. */
export function remove(document: WorkflowDocument, paths: readonly Path[]): WorkflowDocument {
  return paths.reduce((edited, path) => takeOut(edited, path, () => false), document);
}

/** Takes one state away as `remove` does, but for the transitions that stay. */
export function takeOut(document: WorkflowDocument, path: Path, stays: Staying): WorkflowDocument {
  const state = stateAt(document.definition, path);
  if (!state) return document;
  const name = nameOf(path);
  const scope = scopeOfState(path);
  const wanted = mainTarget(state);
  const target =
    wanted !== null && wanted !== name && wanted in scopeStates(document.definition, scope) ? wanted : null;
  let edited = heal(document, scope, name, target, stays);
  if (valueAt(edited.definition, [...scope, "StartAt"]) === name) {
    const rest = Object.keys(scopeStates(edited.definition, scope)).filter((each) => each !== name);
    edited = setField(edited, [...scope, "StartAt"], target ?? rest[0] ?? "");
  }
  edited = withEdits(edited, [{ op: "remove", path }]);
  const gone = allStates({ States: { [name]: state } }).map((each) => each.name);
  return inLayout(edited, withoutStates(edited.layout, new Set(gone)));
}

/** Leads every transition to `name` on to `target`, or takes it away where there is none or it would lead back to itself. */
function heal(
  document: WorkflowDocument,
  scope: Path,
  name: string,
  target: string | null,
  stays: Staying,
): WorkflowDocument {
  const others = statesOf(scopeAt(document.definition, scope)).filter((at) => at.name !== name);
  return others.reduce((edited, at) => {
    const fields = transitionsOf(at.state)
      .filter((each) => each.target === name && !stays(each, at))
      .map(({ field }) => field);
    if (fields.length === 0) return edited;
    const loops = target === at.name && typeOf(at.state) !== "Choice";
    if (target === null || loops) return disconnect(edited, at.path, fields);
    return retarget(edited, at.path, fields, target);
  }, document);
}
