import type { Point } from "@/document/document.ts";
import { intoColumns } from "@/graph/columns.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import { groupBy, intoRows, type Item, type RealEdge, type Rows } from "@/graph/layered.ts";
import {
  CARD_HEIGHT,
  COLUMN_GAP,
  labelWidth,
  LABEL_GAP,
  ROW_GAP,
  SIDE_PORT,
  type Rect,
} from "@/graph/measures.ts";
import { intoTracks, type Run } from "@/graph/tracks.ts";

/** The way of an edge: corners in order, from the source to the tip. */
export type Way = readonly Point[];

export interface ScopeLayout {
  readonly rects: Map<string, Rect>;
  readonly ways: Map<string, Way>;
}

/** A height that is known once the rows have their places. */
type Level =
  | { readonly on: "track"; readonly gap: number; readonly run: string }
  | { readonly on: "port"; readonly item: Item; readonly below: number }
  | { readonly on: "top" | "bottom"; readonly item: Item };
type Corner = readonly [x: number, level: Level];

const TRACK = 12;
const LANE = 18;

/** Places the nodes of one scope and leads its edges between them, at right angles and never across a node. */
export function layScope(
  nodes: readonly string[],
  edges: readonly GraphEdge[],
  sizes: ReadonlyMap<string, { width: number; height: number }>,
): ScopeLayout {
  const real = edges.filter((edge): edge is RealEdge => edge.to !== null);
  const rows = intoRows(nodes, real, sizes);
  const ports = sidePorts(rows, real);
  const asideOf = groupBy(rows.aside, (edge) => edge.from);
  intoColumns(rows, (left, right) => {
    if (left.node === null || right.node === null) {
      const labels =
        left.node === null ? 0 : Math.max(0, ...rightExits(ports, left.node).map((edge) => labelWidth(edge)));
      return left.node === null && right.node === null ? 14 : Math.max(24, labels ? labels + 28 : 24);
    }
    const exits = rightExits(ports, left.node);
    const beside = asideOf.get(left.node)?.find((edge) => edge.to === right.node);
    const others = exits.filter((edge) => edge !== beside);
    const room = others.length ? Math.max(...others.map(labelWidth)) + 28 + others.length * 10 : 0;
    return Math.max(COLUMN_GAP, beside ? labelWidth(beside) + 44 : 0, room ? room + 20 : 0);
  });

  const plan = new Map<string, Corner[]>();
  const runs = new Map<string, Run>();
  const run = (gap: number, key: string, above: number[], below: number[]): Level => {
    const id = `${gap}:${key}`;
    const found = runs.get(id);
    if (found) {
      found.above.push(...above);
      found.below.push(...below);
    } else runs.set(id, { id, gap, above: [...above], below: [...below] });
    return { on: "track", gap, run: id };
  };
  const item = (id: string): Item => rows.items.get(id) as Item;
  const half = (each: Item) => each.width / 2;
  const rowOf = (each: Item): Item[] => rows.rows[each.rank] ?? [];
  const port = (each: Item, below: number): Level => ({ on: "port", item: each, below });

  for (const [edgeId, chain] of rows.chains) {
    const edge = real.find((each) => each.id === edgeId);
    const source = item(chain[0] ?? "");
    const target = item(chain.at(-1) ?? "");
    const corners: Corner[] = [];
    const first = item(chain[1] ?? "");
    const side = edge ? ports.right.get(edge.id) : undefined;
    if (edge && side !== undefined) {
      const right = source.x + half(source);
      corners.push([right, port(source, side.below)]);
      const needed = right + Math.max(16, labelWidth(edge) + 20);
      const blocked = rowOf(source).some(
        (each) => each.x > source.x && each.x - half(each) < first.x + 10 && each !== source,
      );
      if (first.x >= needed && !blocked) corners.push([first.x, port(source, side.below)]);
      else {
        const x = right + (edge.label === null ? 16 : labelWidth(edge) + 24) + side.index * 10;
        const level = run(source.rank + 1, `r${edge.id}`, [x], [first.x]);
        corners.push([x, port(source, side.below)], [x, level], [first.x, level]);
      }
    } else {
      corners.push([source.x, { on: "bottom", item: source }]);
      if (Math.abs(first.x - source.x) > 1) {
        const level = run(source.rank + 1, `b${source.key}`, [source.x], [first.x]);
        corners.push([source.x, level], [first.x, level]);
      }
    }
    for (let at = 1; at < chain.length - 1; at++) {
      const [here, next] = [item(chain[at] ?? ""), item(chain[at + 1] ?? "")];
      if (Math.abs(here.x - next.x) <= 1) continue;
      const level = run(here.rank + 1, `p${here.key}`, [here.x], [next.x]);
      corners.push([here.x, level], [next.x, level]);
    }
    corners.push([target.x, { on: "top", item: target }]);
    plan.set(edgeId, corners);
  }

  for (const edge of rows.aside as RealEdge[]) {
    const [source, target] = [item(edge.from), item(edge.to)];
    const side = ports.right.get(edge.id) ?? { below: SIDE_PORT, index: 0 };
    const right = source.x + half(source);
    const row = rowOf(source);
    if (row.indexOf(target) === row.indexOf(source) + 1) {
      plan.set(edge.id, [
        [right, port(source, side.below)],
        [target.x - half(target), port(source, side.below)],
      ]);
      continue;
    }
    const x = right + (edge.label === null ? 16 : labelWidth(edge) + 24) + side.index * 10;
    const level = run(source.rank, `s${edge.id}`, [], [x, target.x]);
    plan.set(edge.id, [
      [right, port(source, side.below)],
      [x, port(source, side.below)],
      [x, level],
      [target.x, level],
      [target.x, { on: "top", item: target }],
    ]);
  }

  planBack(rows, ports, plan, run);

  const { gapTop, rowTop, track } = intoHeights(rows, real, ports, runs);
  const topOf = (each: Item): number => {
    const highest = Math.max(0, ...rowOf(each).map(({ height }) => height));
    const line = Math.min(highest, CARD_HEIGHT);
    return (rowTop[each.rank] ?? 0) + (each.height < line ? (line - each.height) / 2 : 0);
  };
  const height = (level: Level): number => {
    switch (level.on) {
      case "track":
        return (gapTop[level.gap] ?? 0) + (track.get(level.run) ?? 0);
      case "port":
        return (rowTop[level.item.rank] ?? 0) + Math.min(level.below, rowLine(rowOf(level.item)));
      case "top":
        return topOf(level.item);
      case "bottom":
        return topOf(level.item) + level.item.height;
    }
  };
  const rects = new Map<string, Rect>();
  for (const each of rows.items.values())
    if (each.node !== null)
      rects.set(each.node, {
        x: each.x - half(each),
        y: topOf(each),
        width: each.width,
        height: each.height,
      });
  const ways = new Map<string, Way>();
  for (const [id, corners] of plan)
    ways.set(id, straightened(corners.map(([x, level]) => ({ x, y: height(level) }))));
  return { rects, ways };
}

/** In a row of small things only, sides are met at half their height. */
function rowLine(row: readonly Item[]): number {
  const highest = Math.max(0, ...row.map((each) => each.height));
  return highest < CARD_HEIGHT ? highest / 2 : Infinity;
}

interface Ports {
  /** How far below the row's top an edge leaves at the right, and which of its node's right exits it is. */
  readonly right: Map<string, { below: number; index: number }>;
  readonly exits: Map<string, RealEdge[]>;
}

function rightExits(ports: Ports, node: string): RealEdge[] {
  return ports.exits.get(node) ?? [];
}

function sidePorts(rows: Rows, edges: readonly RealEdge[]): Ports {
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
      right.set(edge.id, { below: SIDE_PORT + (index - (group.length - 1) / 2) * step, index }),
    );
  }
  return { right, exits };
}

/** Leads the ways back: beside a side column where it is free, else round the left, each on a lane of its own. */
function planBack(
  rows: Rows,
  ports: Ports,
  plan: Map<string, Corner[]>,
  run: (gap: number, key: string, above: number[], below: number[]) => Level,
): void {
  const item = (id: string): Item => rows.items.get(id) as Item;
  const left = (each: Item) => each.x - each.width / 2;
  const right = (each: Item) => each.x + each.width / 2;
  const rowOf = (each: Item): Item[] => rows.rows[each.rank] ?? [];
  const port = (each: Item, below: number): Level => ({ on: "port", item: each, below });
  const entered = new Set([...rows.chains.values()].map((chain) => chain.at(-1)));
  const leftOut = new Set<string>();
  const leftIn = new Set<string>();
  const round: RealEdge[] = [];

  for (const edge of rows.back as RealEdge[]) {
    const [source, target] = [item(edge.from), item(edge.to)];
    if (source === target) {
      const x = left(source) - 14;
      plan.set(edge.id, [
        [left(source), port(source, 50)],
        [x, port(source, 50)],
        [x, port(source, 18)],
        [left(source), port(source, 18)],
      ]);
      continue;
    }
    const between = rows.rows.slice(target.rank, source.rank).flat();
    const beside =
      source.rank > target.rank &&
      edge.kind !== "catch" &&
      !entered.has(edge.from) &&
      source.x > right(target) + 16 &&
      !between.some((each) => left(each) - 10 < source.x && source.x < right(each) + 10) &&
      !rowOf(target).some((each) => each.x > target.x && left(each) < source.x);
    if (beside) {
      const below = rightExits(ports, edge.to).length ? 12 : SIDE_PORT;
      plan.set(edge.id, [
        [source.x, { on: "top", item: source }],
        [source.x, port(target, below)],
        [right(target), port(target, below)],
      ]);
      continue;
    }
    round.push(edge);
    if (rowOf(source)[0] === source) leftOut.add(edge.from);
    if (rowOf(target)[0] === target) leftIn.add(edge.to);
  }

  const lanes: { x: number; from: number; to: number; target: string }[] = [];
  const span = (edge: RealEdge) => item(edge.from).rank - item(edge.to).rank;
  for (const edge of round.sort((one, other) => span(one) - span(other))) {
    const [source, target] = [item(edge.from), item(edge.to)];
    const passed = rows.rows.slice(target.rank, source.rank + 1).flat();
    let x = Math.min(...passed.map(left)) - LANE - 4;
    const outLeft = leftOut.has(edge.from);
    if (outLeft && edge.label !== null) x = Math.min(x, left(source) - labelWidth(edge) - 24);
    const clash = (at: number) =>
      lanes.find(
        (lane) =>
          lane.target !== edge.to &&
          Math.abs(lane.x - at) < LANE - 2 &&
          lane.from >= target.rank - 1 &&
          lane.to <= source.rank + 1,
      );
    for (let lane = clash(x); lane; lane = clash(x)) x = lane.x - LANE;
    lanes.push({ x, from: source.rank, to: target.rank, target: edge.to });
    const corners: Corner[] = [];
    if (outLeft) {
      const out = port(source, leftIn.has(edge.from) ? 46 : SIDE_PORT);
      corners.push([left(source), out], [x, out]);
    } else {
      const level = run(source.rank + 1, `b${source.key}`, [source.x], [x]);
      corners.push([source.x, { on: "bottom", item: source }], [source.x, level], [x, level]);
    }
    if (leftIn.has(edge.to)) {
      const into = port(target, leftOut.has(edge.to) ? 20 : SIDE_PORT);
      corners.push([x, into], [left(target), into]);
    } else {
      const level = run(target.rank, `l${edge.to}`, [x], [target.x]);
      corners.push([x, level], [target.x, level], [target.x, { on: "top", item: target }]);
    }
    plan.set(edge.id, corners);
  }
}

/** Stacks rows and the gaps between them; a gap is as high as its tracks and labels need. */
function intoHeights(rows: Rows, edges: readonly RealEdge[], ports: Ports, runs: ReadonlyMap<string, Run>) {
  const track = new Map<string, number>();
  const gapTop: number[] = [];
  const rowTop: number[] = [];
  const labelled = new Set<number>();
  for (const edge of edges) {
    const chain = rows.chains.get(edge.id);
    const source = rows.items.get(edge.from);
    if (chain && source && edge.label !== null && !ports.right.has(edge.id)) labelled.add(source.rank + 1);
  }
  const byGap = groupBy([...runs.values()], (run) => run.gap);
  let y = 0;
  for (let gap = 0; gap <= rows.rows.length; gap++) {
    const { count, trackOf } = intoTracks(byGap.get(gap) ?? []);
    for (const [id, index] of trackOf) track.set(id, 12 + index * TRACK);
    gapTop.push(y);
    const inner = gap > 0 && gap < rows.rows.length;
    const label = labelled.has(gap);
    if (count > 0) y += 12 + (count - 1) * TRACK + (inner ? (label ? LABEL_GAP : 20) : 10);
    else if (inner) y += label ? LABEL_GAP : ROW_GAP;
    rowTop.push(y);
    y += Math.max(0, ...(rows.rows[gap] ?? []).map((item) => item.height));
  }
  return { gapTop, rowTop, track };
}

/** A way without corners that do not turn. */
export function straightened(points: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (const point of points) {
    const last = result.at(-1);
    if (last && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) continue;
    const before = result.at(-2);
    if (last && before) {
      const level = Math.abs(before.y - last.y) < 0.5 && Math.abs(last.y - point.y) < 0.5;
      const upright = Math.abs(before.x - last.x) < 0.5 && Math.abs(last.x - point.x) < 0.5;
      if (level || upright) result.pop();
    }
    result.push(point);
  }
  return result;
}
