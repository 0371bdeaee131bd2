import { useCallback, useMemo, useState } from "react";

import { usePlacedGraph } from "@/canvas/usePlacedGraph.ts";
import { openDocument, readLayout, withLayout } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";

/** The graph of a stored definition to look at: boxes are folded as its author left them until the reader does otherwise. */
export function useStoredGraph(
  definitionText: string,
  layout: unknown,
): { graph: PlacedGraph; fold: (id: string, folded: boolean) => void } {
  const document = useMemo(() => openDocument(definitionText, readLayout(layout)), [definitionText, layout]);
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const shown = useMemo(() => {
    if (changed.size === 0) return document.layout;
    const folded = new Set(document.layout.folded ?? []);
    for (const [id, isFolded] of changed) {
      if (isFolded) folded.add(id);
      else folded.delete(id);
    }
    return withLayout(document.layout, { folded: [...folded] });
  }, [document, changed]);
  const { graph } = usePlacedGraph(document.definition, shown);
  const fold = useCallback(
    (id: string, folded: boolean) => setChanged((before) => new Map(before).set(id, folded)),
    [],
  );
  return { graph, fold };
}
