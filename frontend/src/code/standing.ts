import type { SyntaxNode } from "@lezer/common";

import { childSchema, stateSchema } from "@/asl/fieldHelp.ts";
import { isObject, type JsonObject } from "@/asl/types.ts";
import { fieldOf, textOf, type Source, type Step } from "@/code/notation.ts";

/** A state around a place. */
export interface StateAround {
  readonly name: string;
  readonly node: SyntaxNode | null;
}

/** What the language says of the object or list at a place. */
export interface Standing {
  /** Its part of the schema; null where data of the author's own stands. */
  readonly schema: JsonObject | null;
  /** Whether it holds states by their names. */
  readonly holdsStates: boolean;
  /** Whether it is a state itself. */
  readonly isState: boolean;
  readonly state: StateAround | null;
  /** The states of the machine, branch or processor around it. */
  readonly states: SyntaxNode | null;
  /** Its own StartAt names one of them. */
  readonly startAt: string | null;
  readonly jsonata: boolean;
  /** Whether a ResultSelector is around it: there, $ is the result. */
  readonly selectsResult: boolean;
}

/** The form of a resource's arguments; null where it has none. */
export type ArgumentsOf = (resource: string | null) => JsonObject | null;

/** Walks the steps to a place and says what the language knows of it. */
export function standingAt(
  source: Source,
  schema: JsonObject | null,
  way: readonly Step[],
  holder: SyntaxNode | null,
  argumentsOf: ArgumentsOf,
): Standing {
  const root = way[0]?.holder ?? holder;
  const languageOf = (node: SyntaxNode | null) => textOf(source, node, "QueryLanguage");
  // What a state says is its own: states inside it are in the language of what is around it.
  let around = languageOf(root) === "JSONata";
  let jsonata = around;
  let here: JsonObject | null = schema;
  let holdsStates = false;
  let isState = false;
  let state: StateAround | null = null;
  let states = fieldOf(source, root, "States");
  let startAt = textOf(source, root, "StartAt");
  let selectsResult = false;
  for (const [index, { step }] of way.entries()) {
    const node = way[index + 1]?.holder ?? (index === way.length - 1 ? holder : null);
    if (holdsStates) {
      const own = languageOf(node);
      jsonata = own === null ? around : own === "JSONata";
      here = stateSchema(schema, textOf(source, node, "Type"), jsonata);
      state = { name: String(step), node };
      [holdsStates, isState] = [false, true];
      continue;
    }
    if (step === "ResultSelector") selectsResult = true;
    const isScope: boolean = isScopeSchema(here);
    holdsStates = isScope && step === "States";
    const arguments_ = isState && (step === "Arguments" || step === "Parameters");
    if (holdsStates) here = null;
    else if (arguments_) here = argumentsOf(textOf(source, state?.node ?? null, "Resource"));
    else here = childSchema(schema, here, step);
    isState = false;
    if (isScopeSchema(here)) {
      const own = languageOf(node);
      if (own !== null) around = own === "JSONata";
      jsonata = around;
      state = null;
      states = fieldOf(source, node, "States");
      startAt = textOf(source, node, "StartAt");
    }
  }
  return { schema: here, holdsStates, isState, state, states, startAt, jsonata, selectsResult };
}

function isScopeSchema(schema: JsonObject | null): boolean {
  return isObject(schema?.["properties"]) && "States" in schema["properties"];
}
