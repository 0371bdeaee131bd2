import { useEffect, useState } from "react";

import type { Diagnostic, Workflow } from "@/api/types.ts";
import { validateDefinition } from "@/api/workflows.ts";
import { fromPointer } from "@/asl/types.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import type { Fix } from "./fixes.ts";
import { useDebounced } from "@/ui/useDebounced.ts";

/** A diagnostic with the node and the field of that node it speaks of. */
export interface LocatedProblem extends Diagnostic {
  readonly node: string | null;
  /** From the state to the field. */
  readonly field: readonly string[];
  /** What mends it in one step, where that is known. */
  readonly fix?: Fix | null;
}

/** What the server says about the definition, asked again when the typing rests. The last answer stays until the next. */
export function useDiagnostics(
  document: WorkflowDocument,
  type: Workflow["type"],
  first: readonly Diagnostic[],
): readonly Diagnostic[] {
  const [found, setFound] = useState<readonly Diagnostic[]>(first);
  const text = useDebounced(document.text, 400);
  const broken = document.problem !== null;
  useEffect(() => {
    if (broken) return;
    const abort = new AbortController();
    validateDefinition(text, type, abort.signal).then(
      (answer) => setFound(answer.diagnostics),
      () => undefined,
    );
    return () => abort.abort();
  }, [text, type, broken]);
  return found;
}

/** Each diagnostic with the innermost state around its location. */
export function locate(diagnostics: readonly Diagnostic[], graph: PlacedGraph): LocatedProblem[] {
  const states = [...graph.nodes.values()].filter((node) => node.state !== null);
  return diagnostics.map((diagnostic) => {
    const steps = fromPointer(diagnostic.location);
    let best: { id: string; length: number } | null = null;
    for (const node of states)
      if (
        node.path.length <= steps.length &&
        node.path.length > (best?.length ?? 0) &&
        node.path.every((step, index) => String(step) === steps[index])
      )
        best = { id: node.id, length: node.path.length };
    return { ...diagnostic, node: best?.id ?? null, field: best ? steps.slice(best.length) : [] };
  });
}

export function worstByNode(problems: readonly LocatedProblem[]): Map<string, "ERROR" | "WARNING"> {
  const worst = new Map<string, "ERROR" | "WARNING">();
  for (const { node, severity } of problems)
    if (node !== null && worst.get(node) !== "ERROR") worst.set(node, severity);
  return worst;
}
