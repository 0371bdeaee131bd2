import { isObject, type JsonObject, type Path } from "@/asl/types.ts";
import { queryLanguageOf, typeOf } from "@/asl/walk.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { nextCaught } from "@/document/caught.ts";
import { scopeOfState, scopeStates, stateAt } from "@/document/places.ts";
import { undecidedRule } from "@/document/undecided.ts";
import { insertItem, setField, setFields } from "@/document/commands/setField.ts";

/** Lets a state follow another, or handle its errors: what is open leads there, else one more rule or Catcher. */
export function connect(
  document: WorkflowDocument,
  from: Path,
  to: string,
  how: "next" | "catch",
): WorkflowDocument {
  const state = stateAt(document.definition, from);
  if (!state) return document;
  if (how === "catch") {
    const catchers = Array.isArray(state["Catch"]) ? state["Catch"] : [];
    const open = catchers.findIndex((catcher) => isObject(catcher) && catcher["Next"] === "");
    if (open >= 0) return setField(document, [...from, "Catch", open, "Next"], to);
    const { at, error } = nextCaught(catchers);
    return insertItem(document, [...from, "Catch", at], { ErrorEquals: [error], Next: to });
  }
  if (typeOf(state) === "Choice") return connectChoice(document, from, state, to);
  return setFields(document, [
    [[...from, "End"], undefined],
    [[...from, "Next"], to],
  ]);
}

function connectChoice(
  document: WorkflowDocument,
  from: Path,
  state: JsonObject,
  to: string,
): WorkflowDocument {
  const rules = Array.isArray(state["Choices"]) ? state["Choices"] : [];
  const known = scopeStates(document.definition, scopeOfState(from));
  const loose = rules.findIndex(
    (rule) => isObject(rule) && !(typeof rule["Next"] === "string" && rule["Next"] in known),
  );
  if (loose >= 0) return setField(document, [...from, "Choices", loose, "Next"], to);
  const leads = typeof state["Default"] === "string" && state["Default"] in known;
  if (rules.length > 0 && !leads) return setField(document, [...from, "Default"], to);
  const rule = undecidedRule(queryLanguageOf(document.definition, state), to);
  return insertItem(document, [...from, "Choices", rules.length], rule);
}
