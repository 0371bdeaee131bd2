import { withPositions, type Point, type WorkflowDocument } from "@/document/document.ts";

/** Keeps states where a hand put them. */
export function setPositions(
  document: WorkflowDocument,
  moved: Readonly<Record<string, Point>>,
): WorkflowDocument {
  return withPositions(document, { ...document.layout.positions, ...moved });
}

/** Gives every state its automatic place again. */
export function tidyUp(document: WorkflowDocument): WorkflowDocument {
  return Object.keys(document.layout.positions).length === 0 ? document : withPositions(document, {});
}
