import { useEffect, useMemo, useRef, useState } from "react";

import type { JsonObject } from "@/asl/types.ts";
import type { Layout } from "@/document/document.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { assemble, placeGraph, type PlacedGraph } from "@/graph/layout.ts";
import { AT_ONCE, Placer } from "@/graph/placing.ts";

const NOTHING = placeGraph({ nodes: new Map(), scopes: new Map() });

/**
 * The graph of a definition with its places. A small one is placed at once; a large one by a worker, and
 * until the answer is there the graph before it stays: whoever types never waits for the layout.
 */
export function usePlacedGraph(
  definition: JsonObject,
  layout: Layout,
): { graph: PlacedGraph; placing: boolean } {
  const derived = useMemo(() => deriveGraph(definition), [definition]);
  const small = derived.nodes.size <= AT_ONCE;
  const atOnce = useMemo(() => (small ? placeGraph(derived, layout) : null), [small, derived, layout]);
  const [later, setLater] = useState<{ graph: PlacedGraph; derived: unknown; layout: Layout } | null>(null);
  const placer = useRef<Placer | null>(null);
  useEffect(() => {
    if (small) return;
    placer.current ??= new Placer();
    placer.current.place(derived, layout, (placement) =>
      setLater({ graph: assemble(derived, placement, layout), derived, layout }),
    );
  }, [small, derived, layout]);
  useEffect(
    () => () => {
      placer.current?.close();
      placer.current = null;
    },
    [],
  );
  return {
    graph: atOnce ?? later?.graph ?? NOTHING,
    placing: !small && (later?.derived !== derived || later.layout !== layout),
  };
}
