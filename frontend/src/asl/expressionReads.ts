import { isObject, type Json, type JsonObject, type QueryLanguage } from "@/asl/types.ts";
import { HOLDS_STATES } from "@/asl/walk.ts";

/** What a state says itself: without the states inside it, and without its comment. */
export function ownFields(state: JsonObject): JsonObject {
  const apart = (field: string) => field === "Comment" || HOLDS_STATES.includes(field);
  return Object.fromEntries(Object.entries(state).filter(([field]) => !apart(field)));
}

/** Whether a text of a state in this language is worked out when it runs. */
export function isWorkedOut(text: string, language: QueryLanguage): boolean {
  return language === "JSONata" ? /^\{%[\s\S]*%\}\s*$/.test(text) : /^(\$|States\.)/.test(text);
}

/** All texts of a value that are worked out. */
export function expressionsIn(value: Json | undefined, language: QueryLanguage): string[] {
  if (typeof value === "string") return isWorkedOut(value, language) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => expressionsIn(item, language));
  if (isObject(value)) return Object.values(value).flatMap((item) => expressionsIn(item, language));
  return [];
}

/** The variables that an expression names; those that it binds for itself are among them. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w$])\$([A-Za-z_]\w*)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "states");
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
