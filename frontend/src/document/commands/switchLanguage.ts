import {
  isObject,
  toPointer,
  type Json,
  type JsonObject,
  type Path,
  type QueryLanguage,
} from "@/asl/types.ts";
import { allStates, HOLDS_STATES, queryLanguageOf } from "@/asl/walk.ts";
import { withEdits, type WorkflowDocument } from "@/document/document.ts";
import type { Edit } from "@/document/json.ts";
import { fieldEdits } from "@/document/commands/setField.ts";

/** Fields that one language alone has. */
const ONLY: Readonly<Record<QueryLanguage, RegExp>> = {
  JSONPath: /^(InputPath|OutputPath|ResultPath|ResultSelector|Parameters|Result|Variable|\w+Path|.*\.\$)$/,
  JSONata: /^(Arguments|Output|Items|Condition)$/,
};

/** The states whose fields are of the machine's language, so that they would not work in the other one. */
export function boundToLanguage(definition: JsonObject): Path[] {
  const language = queryLanguageOf(definition);
  return allStates(definition)
    .filter(({ state }) => state["QueryLanguage"] === undefined && speaks(state, language))
    .map(({ path }) => path);
}

/** The states without fields of any one language and without one of their own: they work in both. */
export function freeOfLanguage(definition: JsonObject): Path[] {
  const bound = new Set(boundToLanguage(definition).map(toPointer));
  return allStates(definition)
    .filter(({ state, path }) => state["QueryLanguage"] === undefined && !bound.has(toPointer(path)))
    .map(({ path }) => path);
}

/**
 * The machine in another language; the states at `kept` go on in the old one. In a JSONPath machine that is
 * a language of their own. A JSONata machine may hold no JSONPath state: there the machine stays what it is,
 * and the others get JSONata as theirs.
 */
export function switchLanguage(
  document: WorkflowDocument,
  next: QueryLanguage,
  kept: readonly Path[],
): WorkflowDocument {
  const { definition } = document;
  if (next === "JSONata" && kept.length > 0)
    return withEdits(document, languageEdits(definition, freeOfLanguage(definition), next));
  return withEdits(document, [
    ...languageEdits(definition, [[]], next),
    ...languageEdits(definition, kept, "JSONata"),
  ]);
}

/** The edits by which the machine, which is at the empty path, or states name a language. */
export function languageEdits(
  definition: JsonObject,
  paths: readonly Path[],
  language: QueryLanguage,
): Edit[] {
  return paths.flatMap((path) => fieldEdits(definition, [...path, "QueryLanguage"], language));
}

function speaks(value: Json | undefined, language: QueryLanguage): boolean {
  if (typeof value === "string") return language === "JSONata" && /^\s*\{%/.test(value);
  if (Array.isArray(value)) return value.some((item) => speaks(item, language));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    // States inside are judged by themselves.
    ([name, inner]) => !HOLDS_STATES.includes(name) && (ONLY[language].test(name) || speaks(inner, language)),
  );
}
