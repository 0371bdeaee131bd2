import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  stringify,
  visit,
  type Document,
} from "yaml";

import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";

/** Why a YAML text is no definition, and where. */
export interface YamlProblem {
  readonly reason: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export type YamlRead =
  | { readonly ok: true; readonly definition: JsonObject }
  | { readonly ok: false; readonly problem: YamlProblem };

/** A definition as YAML, which says the same; fields keep their order. */
export function yamlOf(definition: JsonObject): string {
  return stringify(definition, { lineWidth: 110, aliasDuplicateObjects: false });
}

/** Reads a definition from YAML; refuses what JSON could not say. */
export function readYaml(text: string): YamlRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
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
    value = document.toJS({ maxAliasCount: 50 }) as Json;
  } catch (problem) {
    return wrong(problem instanceof Error ? problem.message : String(problem), 0);
  }
  if (!isObject(value)) return wrong("A definition has fields: it begins with a name and a colon.", 0);
  return { ok: true, definition: value };
}

/** Where the value at a path stands in a YAML text: its offsets, or null. */
export function rangeAt(text: string, path: Path): readonly [number, number] | null {
  const found = parseDocument(text).getIn(path, true) as
    { range?: [number, number, number] | null } | undefined;
  const range = found?.range;
  return range ? [range[0], range[1]] : null;
}

/** The path of what stands at an offset. */
export function pathAtOffset(text: string, offset: number): (string | number)[] {
  const document: Document = parseDocument(text);
  let best: (string | number)[] = [];
  visit(document, {
    Node: (key, node, above) => {
      if (!node.range || offset < node.range[0] || offset > node.range[1]) return undefined;
      const steps: (string | number)[] = [];
      const chain = [...above, node];
      chain.forEach((each, index) => {
        if (isPair(each) && isScalar(each.key)) steps.push(String(each.key.value));
        const next = chain[index + 1];
        if (isSeq(each) && next !== undefined) steps.push(each.items.indexOf(next));
      });
      if (steps.length >= best.length && key !== "key" && !isMap(key)) best = steps;
      return undefined;
    },
  });
  return best;
}
