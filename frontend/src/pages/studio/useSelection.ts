import { useMemo, useState } from "react";
import { useLocation } from "react-router";

import { NOTE } from "@/canvas/editing.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { keepSelected, selectedIn } from "./whereOneWas.ts";

export interface Selection {
  readonly nodes: readonly string[];
  /** The same, also as long as the graph does not show yet what was made last: keys may come faster than it. */
  readonly meant: readonly string[];
  readonly edge: string | null;
  readonly select: (nodes: readonly string[]) => void;
  readonly selectEdge: (edge: string | null) => void;
}

/**
 * What is selected: states and notes, or one transition. It begins with what a link asked for, else with what
 * was selected when the workflow was left.
 */
export function useSelection(
  workflow: string,
  graph: PlacedGraph,
  onSelect: () => void,
  onRule: (field: readonly string[]) => void,
): Selection {
  const asked = (useLocation().state as { select?: string | null } | null)?.select;
  const [meant, setMeant] = useState(() => (asked ? [asked] : selectedIn(workflow)));
  const [edge, setEdge] = useState<string | null>(null);
  const nodes = useMemo(
    () => meant.filter((id) => (graph.rects.has(id) && graph.nodes.get(id)?.state) || id.startsWith(NOTE)),
    [meant, graph],
  );
  return useMemo(
    () => ({
      nodes,
      meant,
      edge,
      select: (ids) => {
        setMeant(ids);
        keepSelected(workflow, ids);
        setEdge(null);
        onSelect();
      },
      selectEdge: (id) => {
        setEdge(id);
        if (id === null) return;
        setMeant([]);
        onRule(ruleOf(graph.edges.find((each) => each.id === id)));
      },
    }),
    [nodes, meant, edge, workflow, graph, onSelect, onRule],
  );
}

/** The field that makes a transition: its rule or Catcher, else the field that names where it leads. */
function ruleOf(edge: GraphEdge | undefined): readonly string[] {
  const path = edge?.fields[0] ?? [];
  return (path.length > 2 ? path.slice(0, -1) : path).map(String);
}
