import type { Item, Rows } from "@/graph/layered.ts";

/** The room between two neighbours in a row, from side to side. */
export type Gap = (left: Item, right: Item) => number;

interface Block {
  readonly items: Item[];
  x: number;
}

/**
 * Gives every item its x: straight chains share one, neighbours keep their distance, and a chain
 * stands as near as it can to those it is joined with.
 */
export function intoColumns(rows: Rows, gap: Gap): void {
  const blocks = alignedBlocks(rows);
  const blockOf = new Map<string, Block>();
  for (const block of blocks) for (const item of block.items) blockOf.set(item.key, block);

  const left = new Map<Block, [Block, number][]>();
  const right = new Map<Block, [Block, number][]>();
  for (const row of rows.rows)
    for (let at = 1; at < row.length; at++) {
      const [one, other] = [row[at - 1], row[at]];
      const [a, b] = [one && blockOf.get(one.key), other && blockOf.get(other.key)];
      if (!one || !other || !a || !b || a === b) continue;
      const distance = one.width / 2 + gap(one, other) + other.width / 2;
      add(left, b, [a, distance]);
      add(right, a, [b, distance]);
    }

  // Longest path from the left; blocks never cross, so their order has no cycle.
  const open = new Map(blocks.map((block) => [block, left.get(block)?.length ?? 0]));
  const ready = blocks.filter((block) => open.get(block) === 0);
  const order: Block[] = [];
  for (let block = ready.shift(); block; block = ready.shift()) {
    order.push(block);
    block.x = Math.max(0, ...(left.get(block) ?? []).map(([other, distance]) => other.x + distance));
    for (const [other] of right.get(block) ?? []) {
      const rest = (open.get(other) ?? 0) - 1;
      open.set(other, rest);
      if (rest === 0) ready.push(other);
    }
  }

  const joined = new Map<Block, Block[]>();
  const join = (one: Block | undefined, other: Block | undefined) => {
    if (!one || !other || one === other) return;
    add(joined, one, other);
    add(joined, other, one);
  };
  for (const { from, to } of rows.links) join(blockOf.get(from), blockOf.get(to));
  for (const edge of rows.aside) join(blockOf.get(edge.from), blockOf.get(edge.to ?? ""));
  for (let round = 0; round < 8; round++)
    for (const block of round % 2 === 0 ? [...order].reverse() : order) {
      const around = joined.get(block);
      if (!around) continue;
      const wanted = median(around.map((each) => each.x));
      const least = Math.max(
        -Infinity,
        ...(left.get(block) ?? []).map(([other, distance]) => other.x + distance),
      );
      const most = Math.min(
        Infinity,
        ...(right.get(block) ?? []).map(([other, distance]) => other.x - distance),
      );
      block.x = Math.max(least, Math.min(most, wanted));
    }
  for (const block of blocks) for (const item of block.items) item.x = block.x;
}

function add<T>(map: Map<Block, T[]>, key: Block, value: T): void {
  const found = map.get(key);
  if (found) found.push(value);
  else map.set(key, [value]);
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

/** Chains of items to be drawn straight: main ways first, then long passages, never two that cross. */
function alignedBlocks(rows: Rows): Block[] {
  const index = new Map<string, number>();
  for (const row of rows.rows) row.forEach((item, at) => index.set(item.key, at));
  const mainEdges = new Set(rows.main.values());
  const links: { from: Item; to: Item; weight: number }[][] = rows.rows.map(() => []);
  for (const link of rows.links) {
    const [from, to] = [rows.items.get(link.from), rows.items.get(link.to)];
    if (!from || !to) continue;
    const passages = (from.node === null ? 1 : 0) + (to.node === null ? 1 : 0);
    const isMain = mainEdges.has(link.edge);
    const weight = passages === 2 ? 4 : isMain && passages === 0 ? 3 : isMain ? 2 : passages ? 1 : 0;
    links[from.rank]?.push({ from, to, weight });
  }
  const below = new Map<string, Item>();
  const above = new Map<string, Item>();
  const length = new Map<string, number>();
  for (const layer of links) {
    layer.sort(
      (one, other) =>
        other.weight - one.weight || (length.get(other.from.key) ?? 1) - (length.get(one.from.key) ?? 1),
    );
    const taken: [number, number][] = [];
    for (const { from, to } of layer) {
      if (below.has(from.key) || above.has(to.key)) continue;
      const a = index.get(from.key) ?? 0;
      const b = index.get(to.key) ?? 0;
      if (taken.some(([c, d]) => (a - c) * (b - d) <= 0)) continue;
      taken.push([a, b]);
      below.set(from.key, to);
      above.set(to.key, from);
      length.set(to.key, (length.get(from.key) ?? 1) + 1);
    }
  }
  const blocks: Block[] = [];
  for (const row of rows.rows)
    for (const item of row) {
      if (above.has(item.key)) continue;
      const items: Item[] = [];
      for (let at: Item | undefined = item; at; at = below.get(at.key)) items.push(at);
      blocks.push({ items, x: 0 });
    }
  return blocks;
}
