import { isObject, type Json, type JsonObject, type QueryLanguage } from "@/asl/types.ts";
import { scopesOf, statesOf, rootScope, typeOf } from "@/asl/walk.ts";

const APART = ["Comment", "Branches", "ItemProcessor", "Iterator"];

/** What a state says itself: without the states inside it, and without its comment. */
export function ownFields(state: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(state).filter(([field]) => !APART.includes(field)));
}

/** Whether a text of a state in this language is worked out when it runs. */
export function isExpression(text: string, language: QueryLanguage): boolean {
  return language === "JSONata" ? /^\{%[\s\S]*%\}\s*$/.test(text) : /^(\$|States\.)/.test(text);
}

/** All texts of a value that are worked out. */
export function expressionsIn(value: Json | undefined, language: QueryLanguage): string[] {
  if (typeof value === "string") return isExpression(value, language) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => expressionsIn(item, language));
  if (isObject(value)) return Object.values(value).flatMap((item) => expressionsIn(item, language));
  return [];
}

/**
 * The variables that a state reads, those inside it included. Names that an expression binds for itself are
 * among them: one name too many does no harm where these are asked for, one too few would.
 */
export function variablesRead(state: JsonObject, language: QueryLanguage): Set<string> {
  const mine: QueryLanguage = state["QueryLanguage"] === "JSONata" ? "JSONata" : language;
  const found = new Set(expressionsIn(ownFields(state), mine).flatMap(namesIn));
  for (const inner of statesInside(state)) for (const name of variablesRead(inner, language)) found.add(name);
  return found;
}

/** The states right inside a Parallel or Map. */
function statesInside(state: JsonObject): JsonObject[] {
  return scopesOf({ name: "", path: [], scope: rootScope({}), state }).flatMap((scope) =>
    statesOf(scope).map((at) => at.state),
  );
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w$])\$([A-Za-z_]\w*)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "states");
}

/** The names that something assigns: a state, a rule of a Choice, a Catcher. */
export function assignedBy(holder: Json | undefined): string[] {
  if (!isObject(holder) || !isObject(holder["Assign"])) return [];
  return Object.keys(holder["Assign"]).map((name) => name.replace(/\.\$$/, ""));
}

/** Everything that a state assigns in its own scope, whichever way it is left. */
export function assignedByState(state: JsonObject): string[] {
  const lists = typeOf(state) === "Choice" ? [state["Choices"], state["Catch"]] : [state["Catch"]];
  return [state, ...lists.flatMap((list) => (Array.isArray(list) ? list : []))].flatMap(assignedBy);
}

// What is passed over as it stands: texts, quoted names, comments, and patterns where a value may begin.
const JSONATA_PARTS =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\/\*[\s\S]*?\*\/|(?<=(?:^\{%|[(,[{:;?&=<>~]|\band|\bor|\bin)\s*)\/(?:[^/\\\n]|\\.)+\/[im]*|(?<![\w$])\$[A-Za-z_]\w*/g;
const JSONPATH_PARTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w$])\$[A-Za-z_]\w*/g;

/** The expression with variables called otherwise; texts in it stay. */
export function withVariables(
  text: string,
  language: QueryLanguage,
  names: ReadonlyMap<string, string>,
): string {
  return text.replace(language === "JSONata" ? JSONATA_PARTS : JSONPATH_PARTS, (part) =>
    part.startsWith("$") ? `$${names.get(part.slice(1)) ?? part.slice(1)}` : part,
  );
}

/** The fields of the Context Object that an expression reads; "" where it takes all of it. */
export function contextRead(text: string, language: QueryLanguage): string[] {
  const pattern =
    language === "JSONata"
      ? /\$states\b\s*(?:\.\s*(?:(?:input|result|errorOutput)\b|context\b\s*(?:\.\s*(\w+))?))?/g
      : /\$\$(?:\.(\w+)|\[\s*['"](\w+))?/g;
  return [...text.matchAll(pattern)]
    .filter(([found]) => !/\.\s*(?:input|result|errorOutput)$/.test(found))
    .map(([, name, quoted]) => name ?? quoted ?? "");
}
