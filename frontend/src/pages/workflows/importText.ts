import { parse as parseYaml } from "yaml";

export interface Imported {
  /** The definition as JSON text. */
  definition: string;
  /** What the definition says about itself. */
  comment: string;
  states: number;
}

export type ImportResult = { ok: true; imported: Imported } | { ok: false; reason: string };

/** Reads a definition from JSON or YAML text; refuses what is no state machine and says why. */
export function readImport(text: string): ImportResult {
  if (text.trim() === "") return { ok: false, reason: "Choose a file or paste a definition." };
  const isJson = /^\s*[{[]/.test(text);
  let value: unknown;
  try {
    value = isJson ? JSON.parse(text) : parseYaml(text, { maxAliasCount: 50 });
  } catch (error) {
    const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { ok: false, reason: `This is no valid ${isJson ? "JSON" : "YAML"}: ${said}` };
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
    imported: { definition: asTyped ? text : JSON.stringify(machine, null, 2), comment, states },
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
