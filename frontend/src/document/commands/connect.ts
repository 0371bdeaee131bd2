import { isObject, type JsonObject, type Path } from "@/asl/types.ts";
import { queryLanguageOf, typeOf } from "@/asl/walk.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { scopeOfState, scopeStates, stateAt } from "@/document/places.ts";
import { insertItem, setField, setFields } from "@/document/commands/setField.ts";

/** Lets a state follow another, or handle its errors. A Choice state gets a rule, or its default when it has none. */
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
    return insertItem(document, [...from, "Catch", catchers.length], {
      ErrorEquals: ["States.ALL"],
      Next: to,
    });
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
  if (typeof state["Default"] !== "string") return setField(document, [...from, "Default"], to);
  return insertItem(document, [...from, "Choices", rules.length], newRule(document.definition, state, to));
}

/** A rule with nothing to decide yet; the problems list asks for its condition. */
export function newRule(definition: JsonObject, state: JsonObject, to: string): JsonObject {
  return queryLanguageOf(definition, state) === "JSONata"
    ? { Condition: "{% false %}", Next: to }
    : { Variable: "$.value", StringEquals: "", Next: to };
}
