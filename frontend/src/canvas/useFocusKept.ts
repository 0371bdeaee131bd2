import { useEffect, useRef, type RefObject } from "react";

import type { PlacedGraph } from "@/graph/layout.ts";

/**
 * Whoever had the keyboard on a state or transition that is no longer there goes on from the nearest one that is:
 * what is selected now, else the state that led to it, else the one it led to. A page that has the focus itself knows no arrows.
 */
export function useFocusKept(
  graph: PlacedGraph,
  selected: readonly string[],
  root: RefObject<HTMLElement | null>,
  focus: (id: string | null) => void,
): void {
  const last = useRef<{ node: string; edge: string | null } | null>(null);
  const before = useRef(graph);
  const now = useRef({ selected, focus });
  useEffect(() => {
    now.current = { selected, focus };
  });
  useEffect(() => {
    const canvas = root.current;
    const hold = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      const edge = target.dataset["edge"] ?? null;
      const from = edge === null ? null : before.current.edges.find(({ id }) => id === edge)?.from;
      const node = from ?? target.closest<HTMLElement>("[data-node]")?.dataset["node"];
      last.current = node === undefined ? null : { node, edge };
    };
    canvas?.addEventListener("focusin", hold);
    return () => canvas?.removeEventListener("focusin", hold);
  }, [root]);
  useEffect(() => {
    const known = before.current;
    before.current = graph;
    const held = last.current;
    // A note is no state: who writes in one keeps the keyboard there.
    if (!held || known === graph || !has(known, held.node) || !isLost(root.current)) return;
    if (has(graph, held.node)) {
      if (held.edge !== null && !graph.edges.some(({ id }) => id === held.edge)) now.current.focus(held.node);
      return;
    }
    last.current = null;
    const near = [
      ...now.current.selected,
      ...known.edges.filter(({ to }) => to === held.node).map(({ from }) => from),
      ...known.edges.filter(({ from }) => from === held.node).map(({ to }) => to),
    ];
    now.current.focus(near.find((id) => id !== null && has(graph, id)) ?? null);
  }, [graph, root]);
}

/** Whether the keyboard is nowhere, on a button that just went out of use, or on what the canvas drops. */
function isLost(canvas: HTMLElement | null): boolean {
  const at = document.activeElement;
  return at === null || at === document.body || at.matches(":disabled") || canvas?.contains(at) === true;
}

function has(graph: PlacedGraph, id: string): boolean {
  return graph.nodes.get(id)?.state != null && graph.rects.has(id);
}
