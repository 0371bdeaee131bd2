import { inLayout, withLayout, type Direction, type WorkflowDocument } from "@/document/document.ts";

/** Folds boxes, or opens them again. */
export function setFolded(
  document: WorkflowDocument,
  ids: readonly string[],
  folded: boolean,
): WorkflowDocument {
  const now = new Set(document.layout.folded ?? []);
  if (ids.every((id) => now.has(id) === folded)) return document;
  for (const id of ids) {
    if (folded) now.add(id);
    else now.delete(id);
  }
  return inLayout(document, withLayout(document.layout, { folded: [...now] }));
}

/** Lets the graph run down or to the right. Places set by hand were set for the other direction: they go. */
export function setDirection(document: WorkflowDocument, direction: Direction): WorkflowDocument {
  if ((document.layout.direction ?? "down") === direction) return document;
  return inLayout(
    document,
    withLayout(document.layout, {
      positions: {},
      direction: direction === "right" ? "right" : undefined,
    }),
  );
}
