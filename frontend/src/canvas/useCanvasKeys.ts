import { useRef, type KeyboardEvent } from "react";

import { NOTE, type Acting } from "@/canvas/editing.ts";
import { rectOf } from "@/canvas/useViewport.ts";
import type { Point } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { walk, type ArrowKey } from "@/graph/places.ts";

const STEP = 20;
const STEPS: Readonly<Record<ArrowKey, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Keys {
  graph: PlacedGraph;
  acting: Acting | null;
  selected: readonly string[];
  selectedEdge: string | null;
  onSelect: (ids: string[]) => void;
  onOpen: ((id: string) => void) | undefined;
  onKey: ((event: KeyboardEvent, id: string | null) => boolean) | undefined;
  onFold: ((id: string, folded: boolean) => void) | null;
  show: (id: string) => void;
  focus: (id: string) => void;
  focusEdge: (id: string) => void;
  tabStop: string | null;
}

/**
 * The keys of the canvas. Arrows walk along the transitions; with Shift they take more states along, with Alt
 * they move what is held. E goes from a state to its transitions, one after the other.
 */
export function useCanvasKeys(keys: Keys) {
  const { graph, acting, selected, onSelect, show, focus } = keys;
  // The state that Shift and the arrows have come to; the selection itself grows behind it.
  const reached = useRef<string | null>(null);
  // Where steps have led so far: they may come faster than the graph that has them.
  const steps = useRef({ graph, places: new Map<string, Point>() });

  const goTo = (id: string, ids: string[]) => {
    reached.current = id;
    onSelect(ids);
    show(id);
    focus(id);
  };
  const arrow = (event: KeyboardEvent, id: string, key: ArrowKey) => {
    if (event.altKey) {
      if (!acting || event.shiftKey) return false;
      const [x, y] = STEPS[key];
      const held = selected.includes(id) ? selected : [id];
      if (steps.current.graph !== graph) steps.current = { graph, places: new Map() };
      const places = held.flatMap((each) => {
        const from = steps.current.places.get(each) ?? rectOf(graph, each);
        return from ? [[each, { x: from.x + x * STEP, y: from.y + y * STEP }] as const] : [];
      });
      for (const [each, place] of places) steps.current.places.set(each, place);
      acting.onPlace(Object.fromEntries(places), true);
      // What has the focus keeps it: on its way round over the canvas the next key would be lost.
      if (event.target === event.currentTarget) focus(id);
      return true;
    }
    const next = walk(graph, id, key);
    if (next !== null) {
      if (!event.shiftKey) goTo(next, [next]);
      // Going back over what is held lets go of the state that was left.
      else if (selected.includes(next))
        goTo(
          next,
          selected.filter((each) => each !== id),
        );
      else goTo(next, [...new Set([...selected, id, next])]);
    }
    return true;
  };
  const edgeKey = (event: KeyboardEvent, id: string) => {
    const edge = graph.edges.find((each) => each.id === id);
    if (!edge) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowRight") {
      if (edge.to !== null && graph.nodes.get(edge.to)?.state) goTo(edge.to, [edge.to]);
      return true;
    }
    if (event.key === "ArrowUp" || event.key === "ArrowLeft" || event.key === "Escape") {
      acting?.onSelectEdge(null);
      goTo(edge.from, [edge.from]);
      return true;
    }
    if (event.key === "e") return nextEdge(edge.from, edge.id);
    return false;
  };
  const nextEdge = (from: string, after: string | null) => {
    const out = graph.edges.filter((edge) => edge.from === from);
    const next = out[(out.findIndex((edge) => edge.id === after) + 1) % Math.max(1, out.length)];
    if (!next || !acting) return false;
    acting.onSelectEdge(next.id);
    keys.focusEdge(next.id);
    return true;
  };

  return (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const edge = target.dataset["edge"];
    if (edge !== undefined && !event.ctrlKey && !event.metaKey) {
      if (edgeKey(event, edge)) event.preventDefault();
      return;
    }
    const id =
      target.closest<HTMLElement>("[data-node]")?.dataset["node"] ??
      (target === event.currentTarget ? keys.tabStop : null);
    const typing = target.matches("input,textarea,select");
    if (id !== null && !typing && !target.matches("button:not([data-node])")) {
      const plain = !event.ctrlKey && !event.metaKey;
      if (plain && event.key in STEPS) {
        if (arrow(event, id, event.key as ArrowKey)) event.preventDefault();
        return;
      }
      if (event.key === " " && !plain) {
        event.preventDefault();
        onSelect(selected.includes(id) ? selected.filter((each) => each !== id) : [...selected, id]);
        return;
      }
      if (plain && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        onSelect([id]);
        if (event.key === "Enter" && !id.startsWith(NOTE)) keys.onOpen?.(id);
        return;
      }
      if (plain && event.key === "e" && nextEdge(id, null)) {
        event.preventDefault();
        return;
      }
      if (plain && event.key === "c" && keys.onFold && (graph.nodes.get(id)?.inner.length ?? 0) > 0) {
        event.preventDefault();
        keys.onFold(id, !graph.folded.has(id));
        focus(id);
        return;
      }
    }
    if (!typing && keys.onKey?.(event, id)) event.preventDefault();
  };
}
