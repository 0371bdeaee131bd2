import { LineCounter, parseDocument, stringify } from "yaml";

import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { NO_COMMENTS, type Comments } from "@/document/comments.ts";
import type { TextProblem } from "@/document/document.ts";
import { commentsOf, withCommentsWritten } from "@/document/yamlComments.ts";

export type YamlRead =
  | { readonly ok: true; readonly definition: JsonObject; readonly comments: Comments }
  | { readonly ok: false; readonly problem: TextProblem };

const MOST_ALIASES = 50;

/** A definition as YAML, which says the same, with its comments; fields keep their order. */
export function yamlOf(definition: JsonObject, comments: Comments = NO_COMMENTS): string {
  const plain = stringify(definition, { lineWidth: 110, aliasDuplicateObjects: false });
  return Object.keys(comments).length ? withCommentsWritten(plain, comments) : plain;
}

/** Reads a definition and its comments from YAML; refuses what JSON could not say. */
export function readYaml(text: string): YamlRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: true });
  const wrong = (reason: string, offset: number): YamlRead => {
    const { line, col } = lines.linePos(offset);
    return { ok: false, problem: { reason, line, column: col, offset } };
  };
  const [error] = document.errors;
  if (error)
    return wrong(
      error.message.split("\n")[0]?.replace(/ at line .*$/, "") ?? "It cannot be read.",
      error.pos[0],
    );
  let value: Json;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES }) as Json;
  } catch (problem) {
    return wrong(problem instanceof Error ? problem.message : String(problem), 0);
  }
  if (!isObject(value)) return wrong("A definition has fields: it begins with a name and a colon.", 0);
  return { ok: true, definition: value, comments: commentsOf(document, text) };
}
