import { useCallback, useState, type RefObject } from "react";

import type { CatalogItem } from "@/api/types.ts";
import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import type { PlacedGraph } from "@/graph/layout.ts";
import type { Landing } from "@/graph/places.ts";
import { toast } from "@/ui/Toast.tsx";
import type { Acts } from "../useActs.ts";
import type { Selection } from "../useSelection.ts";

interface Opened {
  readonly landing: Landing;
  readonly at: { readonly x: number; readonly y: number };
}

/** The menu that adds a state: where it is open, what it adds, and where the keyboard goes on afterwards. */
export function useAdding(
  canvas: RefObject<CanvasHandle | null>,
  acts: Acts,
  graph: PlacedGraph,
  selection: Selection,
) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const openAt = useCallback((landing: Landing, at: Opened["at"]) => setOpened({ landing, at }), []);
  /** Opens it below a card, for what comes after that. */
  const openAfter = useCallback(
    (id: string) => {
      if (selection.nodes[0] !== id || selection.nodes.length > 1) selection.select([id]);
      const place = acts.placeAfter(id);
      if (place === null) {
        toast({ title: "Nothing was added", text: whyNothing(graph, id), tone: "error" });
        return;
      }
      const box = canvas.current?.screenOf(id);
      const at = box
        ? { x: box.left + box.width / 2, y: box.bottom + 8 }
        : { x: window.innerWidth / 2, y: 240 };
      setOpened({ landing: { place, edge: null, line: null, fills: null }, at });
    },
    [acts, canvas, graph, selection],
  );
  const choose = (item: CatalogItem) => {
    if (!opened) return;
    setOpened(null);
    const added = acts.add(item, opened.landing);
    // The next key goes on from what was added, never to the page.
    if (added !== null) canvas.current?.focus(added);
  };
  /** Back to where the menu was opened; not when a click has led elsewhere. */
  const close = () => {
    const edge = opened?.landing.edge ?? null;
    const source = opened?.landing.pulled?.source;
    setOpened(null);
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      if (source !== undefined) canvas.current?.focus(source);
      else if (edge === null) canvas.current?.focus(selection.nodes[0] ?? null);
      else canvas.current?.focusEdge(edge);
    });
  };
  return { opened, openAt, openAfter, choose, close };
}

export type Adding = ReturnType<typeof useAdding>;

function whyNothing(graph: PlacedGraph, id: string): string {
  const type = graph.nodes.get(id)?.type;
  return type === "Choice"
    ? "No way of this Choice is open: give it a rule first."
    : `${type ?? "This"} ends the execution: nothing follows it.`;
}
