import { NO_COMMENTS, type Comments } from "@/document/comments.ts";
import { formatJson } from "@/document/json.ts";
import { readYaml } from "@/document/yaml.ts";

export interface Imported {
  /** The definition as JSON text. */
  definition: string;
  /** What the definition says about itself. */
  comment: string;
  /** The comments of the YAML, kept beside the definition. */
  comments: Comments;
  states: number;
}

export type ImportResult = { ok: true; imported: Imported } | { ok: false; reason: string };

/** Reads a definition from JSON or YAML text; refuses what is no state machine and says why. */
export function readImport(text: string): ImportResult {
  if (text.trim() === "") return { ok: false, reason: "Choose a file or paste a definition." };
  const isJson = /^\s*[{[]/.test(text);
  const wrong = (said: string): ImportResult => ({
    ok: false,
    reason: `This is no valid ${isJson ? "JSON" : "YAML"}: ${said}`,
  });
  let value: unknown;
  let comments = NO_COMMENTS;
  if (isJson) {
    try {
      value = JSON.parse(text);
    } catch (error) {
      return wrong(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
    }
  } else {
    const read = readYaml(text);
    if (!read.ok && read.problem.offset > 0)
      return wrong(`line ${read.problem.line}, column ${read.problem.column}: ${read.problem.reason}`);
    if (read.ok) ({ definition: value, comments } = read);
  }
  const machine = unwrap(value);
  if (machine === null) {
    return { ok: false, reason: 'A definition is an object with "StartAt" and "States"; this is not.' };
  }
  const states = Object.keys(machine["States"] as object).length;
  const comment = typeof machine["Comment"] === "string" ? machine["Comment"] : "";
  const asTyped = isJson && machine === value;
  return {
    ok: true,
    imported: {
      definition: asTyped ? text : formatJson(JSON.stringify(machine)),
      comment,
      // Of a definition inside of something else, the comments stand at other places.
      comments: machine === value ? comments : NO_COMMENTS,
      states,
    },
  };
}

/* A definition stands alone, or as the answer of DescribeStateMachine. */
function unwrap(value: unknown): Record<string, unknown> | null {
  if (typeof value !== "object" || value === null) return null;
  const node = value as Record<string, unknown>;
  if (typeof node["States"] === "object" && node["States"] !== null) return node;
  for (const name of ["definition", "Definition"]) {
    const inner = node[name];
    if (typeof inner === "object") return unwrap(inner);
    if (typeof inner !== "string") continue;
    try {
      return unwrap(JSON.parse(inner));
    } catch {
      return null;
    }
  }
  return null;
}
