import { groupBy, type RealEdge, type Rows } from "@/graph/layered.ts";

/** Where edges leave a node at its side. */
export interface Ports {
  /** How far below the row's top an edge leaves at the right, and which of its node's right exits it is. */
  readonly right: Map<string, { below: number; index: number }>;
  readonly exits: Map<string, RealEdge[]>;
}

export function rightExits(ports: Ports, node: string): RealEdge[] {
  return ports.exits.get(node) ?? [];
}

export function sidePorts(rows: Rows, edges: readonly RealEdge[], sidePort: number): Ports {
  const aside = new Set(rows.aside.map((edge) => edge.id));
  const back = new Set(rows.back.map((edge) => edge.id));
  const leaving = edges.filter(
    (edge) =>
      aside.has(edge.id) ||
      (edge.kind === "catch" && rows.main.get(edge.from) !== edge.id && !back.has(edge.id)),
  );
  const exits = groupBy(leaving, (edge) => edge.from);
  const right = new Map<string, { below: number; index: number }>();
  for (const group of exits.values()) {
    const step = Math.min(20, 52 / Math.max(1, group.length - 1));
    const order = [...group].sort((one, other) => Number(aside.has(other.id)) - Number(aside.has(one.id)));
    order.forEach((edge, index) =>
      right.set(edge.id, { below: sidePort + (index - (group.length - 1) / 2) * step, index }),
    );
  }
  return { right, exits };
}
