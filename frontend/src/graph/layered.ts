import type { GraphEdge } from "@/graph/derive.ts";

/** What takes a place in a row: a node, or the passage of long edges to one target. */
export interface Item {
  readonly key: string;
  /** Null for a passage. */
  readonly node: string | null;
  readonly width: number;
  readonly height: number;
  rank: number;
  /** Centre. */
  x: number;
}

/** A step from one row to the next: an edge, or a piece of it. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** The first edge that goes there. */
  readonly edge: string;
}

/**
 * A scope's nodes in rows. A forward edge is a chain of items, one a row; those to one target share their
 * passages, so that a chain is kept as its first item and, for each passage, the item that follows.
 */
export interface Rows {
  readonly items: Map<string, Item>;
  readonly rows: Item[][];
  /** Edges to a state further down, with the first item on their way. */
  readonly forward: Map<RealEdge, string>;
  /** The item after a passage. */
  readonly next: Map<string, string>;
  readonly links: readonly Link[];
  /** Edges to a state further up, or to itself. */
  readonly back: GraphEdge[];
  /** Edges to a state in the same row, right of it. */
  readonly aside: GraphEdge[];
  /** For each node the edge that goes straight on. */
  readonly main: Map<string, string>;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface RealEdge extends GraphEdge {
  readonly to: string;
}

const PASSAGE = 2;

/** Puts nodes into rows so that edges go down, and orders each row so that few edges cross. */
export function intoRows(
  nodes: readonly string[],
  edges: readonly RealEdge[],
  sizes: ReadonlyMap<string, Size>,
): Rows {
  const out = groupBy(edges, (edge) => edge.from);
  const { forward, back } = splitBack(nodes, edges, out);
  const outForward = groupBy(forward, (edge) => edge.from);
  const inForward = groupBy(forward, (edge) => edge.to);
  const topological = topologicalOrder(nodes, outForward, inForward);
  const height = new Map<string, number>();
  for (const id of [...topological].reverse())
    height.set(id, Math.max(0, ...(outForward.get(id) ?? []).map((edge) => 1 + (height.get(edge.to) ?? 0))));

  const main = new Map<string, string>();
  for (const id of nodes) {
    const ways = outForward.get(id) ?? [];
    const plain = ways.filter((edge) => edge.kind !== "catch");
    const leaves = (out.get(id) ?? []).some((edge) => edge.kind !== "catch");
    const best = (plain.length > 0 || leaves ? plain : ways).reduce<RealEdge | null>(
      (most, edge) => (most && (height.get(most.to) ?? 0) >= (height.get(edge.to) ?? 0) ? most : edge),
      null,
    );
    if (best) main.set(id, best.id);
  }

  const isAside = (edge: RealEdge): boolean => {
    if (main.get(edge.from) === edge.id) return false;
    const arriving = inForward.get(edge.to) ?? [];
    if (edge.kind === "catch")
      return arriving.every((each) => each.kind === "catch" && main.get(each.from) !== each.id);
    const siblings = (outForward.get(edge.from) ?? []).filter((each) => each.kind !== "catch");
    return (
      edge.kind !== "end" &&
      siblings.length === 2 &&
      arriving.length === 1 &&
      (outForward.get(edge.to) ?? []).length === 0
    );
  };
  const rank = new Map<string, number>();
  for (const id of topological)
    rank.set(
      id,
      Math.max(
        0,
        ...(inForward.get(id) ?? []).map((edge) => (rank.get(edge.from) ?? 0) + (isAside(edge) ? 0 : 1)),
      ),
    );

  const items = new Map<string, Item>();
  const rows: Item[][] = [];
  const place = (key: string, node: string | null, row: number, size: Size) => {
    if (items.has(key)) return;
    const item: Item = { key, node, rank: row, x: 0, width: size.width, height: size.height };
    items.set(key, item);
    for (let at = rows.length; at <= row; at++) rows.push([]);
    rows[row]?.push(item);
  };
  const forwardTo = new Map<RealEdge, string>();
  const next = new Map<string, string>();
  const links: Link[] = [];
  const aside: RealEdge[] = [];
  const agenda = [...nodes].reverse();
  const seen = new Set<string>();
  const long: RealEdge[] = [];
  while (agenda.length > 0) {
    const id = agenda.pop();
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    place(id, id, rank.get(id) ?? 0, sizes.get(id) ?? { width: 0, height: 0 });
    const ways = [...(outForward.get(id) ?? [])].sort(
      (one, other) => Number(one.kind === "catch") - Number(other.kind === "catch"),
    );
    for (const edge of ways) {
      if ((rank.get(edge.from) ?? 0) === (rank.get(edge.to) ?? 0)) aside.push(edge);
      else long.push(edge);
    }
    agenda.push(...ways.map((edge) => edge.to).reverse());
  }
  // Passages come after the nodes: to begin with they lie at the right, as ways back lie at the left.
  long.sort((one, other) => Number(one.kind === "catch") - Number(other.kind === "catch"));
  for (const edge of long) {
    const kind = edge.kind === "catch" ? "catch" : "next";
    let from = edge.from;
    for (let row = (rank.get(edge.from) ?? 0) + 1; ; row++) {
      const arrives = row >= (rank.get(edge.to) ?? 0);
      const key = arrives ? edge.to : `${edge.to}\n${kind}\n${row}`;
      const known = !arrives && items.has(key);
      if (!arrives) place(key, null, row, { width: PASSAGE, height: 0 });
      if (from === edge.from) forwardTo.set(edge, key);
      else next.set(from, key);
      links.push({ from, to: key, edge: edge.id });
      if (arrives || known) break;
      from = key;
    }
  }
  orderRows(rows, links, aside);
  return { items, rows, forward: forwardTo, next, links, back, aside, main };
}

export function groupBy<T, K>(values: readonly T[], key: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}

/** Tells the edges that lead back to a state on the way to them from the others, depth first in the order written. */
function splitBack(
  nodes: readonly string[],
  edges: readonly RealEdge[],
  out: ReadonlyMap<string, RealEdge[]>,
) {
  const back = new Set<string>();
  const state = new Map<string, "open" | "done">();
  for (const root of nodes) {
    if (state.has(root)) continue;
    const stack: { id: string; next: number }[] = [{ id: root, next: 0 }];
    state.set(root, "open");
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = out.get(top.id)?.[top.next++];
      if (!edge) {
        state.set(top.id, "done");
        stack.pop();
      } else if (state.get(edge.to) === "open") back.add(edge.id);
      else if (!state.has(edge.to)) {
        state.set(edge.to, "open");
        stack.push({ id: edge.to, next: 0 });
      }
    }
  }
  return {
    forward: edges.filter((edge) => !back.has(edge.id)),
    back: edges.filter((edge) => back.has(edge.id)),
  };
}

function topologicalOrder(
  nodes: readonly string[],
  out: ReadonlyMap<string, RealEdge[]>,
  into: ReadonlyMap<string, RealEdge[]>,
): string[] {
  const open = new Map(nodes.map((id) => [id, into.get(id)?.length ?? 0]));
  const ready = nodes.filter((id) => open.get(id) === 0);
  const order: string[] = [];
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id);
    for (const edge of out.get(id) ?? []) {
      const left = (open.get(edge.to) ?? 0) - 1;
      open.set(edge.to, left);
      if (left === 0) ready.push(edge.to);
    }
  }
  return order;
}

const SWEEPS = 6;

/** Barycentre sweeps, keeping the order with the fewest crossings. What stands aside of a node stays right of it. */
function orderRows(rows: Item[][], links: readonly Link[], aside: readonly RealEdge[]): void {
  const up = new Map<string, Set<string>>();
  const down = new Map<string, Set<string>>();
  const link = (map: Map<string, Set<string>>, from: string, to: string) => {
    const found = map.get(from);
    if (found) found.add(to);
    else map.set(from, new Set([to]));
  };
  for (const { from, to } of links) {
    link(down, from, to);
    link(up, to, from);
  }
  const host = new Map<string, string>();
  for (const edge of aside) host.set(edge.to, edge.from);

  const position = new Map<string, number>();
  const number = () => {
    for (const row of rows) row.forEach((item, index) => position.set(item.key, index));
  };
  number();
  const keepAside = (row: Item[]) => {
    for (const item of [...row]) {
      const source = item.node === null ? undefined : host.get(item.node);
      if (source === undefined) continue;
      const from = row.findIndex((each) => each.key === source);
      const at = row.indexOf(item);
      if (from >= 0 && at < from) {
        row.splice(at, 1);
        row.splice(from, 0, item);
      }
    }
  };
  const crossings = () => {
    let count = 0;
    for (const row of rows) {
      const ends = row.flatMap((item) =>
        [...(down.get(item.key) ?? [])].map(
          (to) => [position.get(item.key) ?? 0, position.get(to) ?? 0] as const,
        ),
      );
      for (let one = 0; one < ends.length; one++)
        for (let other = one + 1; other < ends.length; other++) {
          const [a, b] = ends[one] ?? [0, 0];
          const [c, d] = ends[other] ?? [0, 0];
          if ((a - c) * (b - d) < 0) count++;
        }
    }
    return count;
  };
  let best = rows.map((row) => [...row]);
  let fewest = crossings();
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const downward = sweep % 2 === 0;
    const neighbours = downward ? up : down;
    for (const row of downward ? rows : [...rows].reverse()) {
      const weight = new Map(
        row.map((item, index) => {
          const around = [...(neighbours.get(item.key) ?? [])].map((key) => position.get(key) ?? 0);
          return [
            item.key,
            around.length ? around.reduce((sum, each) => sum + each, 0) / around.length : index,
          ];
        }),
      );
      row.sort((one, other) => (weight.get(one.key) ?? 0) - (weight.get(other.key) ?? 0));
      keepAside(row);
      row.forEach((item, index) => position.set(item.key, index));
    }
    const count = crossings();
    if (count < fewest) {
      fewest = count;
      best = rows.map((row) => [...row]);
    }
  }
  best.forEach((row, index) => rows.splice(index, 1, row));
}
