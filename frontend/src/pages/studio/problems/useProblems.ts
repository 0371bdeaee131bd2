import { useMemo, useState } from "react";

import type { Diagnostic, Workflow } from "@/api/types.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { fixFor } from "./fixes.ts";
import { locate, useDiagnostics, type LocatedProblem } from "./problems.ts";

interface Problems {
  readonly problems: readonly LocatedProblem[];
  /** Shows for what a publication was refused, until the definition is judged anew. */
  readonly refuse: (found: readonly Diagnostic[]) => void;
}

/** What is wrong with the definition: where in the graph, and how it is mended where that is known. */
export function useProblems(
  workflow: Workflow,
  document: WorkflowDocument,
  shown: { definition: WorkflowDocument["definition"]; graph: PlacedGraph },
): Problems {
  const { definition, graph } = shown;
  const diagnostics = useDiagnostics(document, workflow.type, workflow.diagnostics);
  const [refused, refuse] = useState<readonly Diagnostic[] | null>(null);
  const [judged, setJudged] = useState(diagnostics);
  if (judged !== diagnostics) {
    setJudged(diagnostics);
    refuse(null);
  }
  const problems = useMemo(
    () =>
      locate(refused ?? diagnostics, graph).map((problem) => ({
        ...problem,
        fix: fixFor(problem, definition),
      })),
    [refused, diagnostics, graph, definition],
  );
  return { problems, refuse };
}
