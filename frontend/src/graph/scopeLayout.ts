import type { Point } from "@/document/document.ts";
import { intoColumns } from "@/graph/columns.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import { groupBy, intoRows, type Item, type RealEdge, type Rows } from "@/graph/layered.ts";
import { type Metrics, type Rect } from "@/graph/measures.ts";
import { rightExits, sidePorts, type Ports } from "@/graph/ports.ts";
import { planBack } from "@/graph/waysBack.ts";
import { intoTracks, type Run } from "@/graph/tracks.ts";

/** The way of an edge: corners in order, from the source to the tip. */
export type Way = readonly Point[];

export interface ScopeLayout {
  readonly rects: Map<string, Rect>;
  readonly ways: Map<string, Way>;
}

/** A height that is known once the rows have their places. */
export type Level =
  | { readonly on: "track"; readonly gap: number; readonly run: string }
  | { readonly on: "port"; readonly item: Item; readonly below: number }
  | { readonly on: "top" | "bottom"; readonly item: Item };
export type Corner = readonly [x: number, level: Level];

/** A level piece in the gap before a row, joined with others of the same key. */
export type MakeRun = (gap: number, key: string, above: number[], below: number[]) => Level;

const TRACK = 12;

/**
 * Places the nodes of one scope and leads its edges between them, at right angles and never across a node.
 * It knows one direction, down; a graph that runs to the right is laid with width and height exchanged.
 */
export function layScope(
  nodes: readonly string[],
  edges: readonly GraphEdge[],
  sizes: ReadonlyMap<string, { width: number; height: number }>,
  metrics: Metrics,
): ScopeLayout {
  const { labelAcross, sidePort } = metrics;
  const real = edges.filter((edge): edge is RealEdge => edge.to !== null);
  const rows = intoRows(nodes, real, sizes);
  const ports = sidePorts(rows, real, sidePort);
  const asideOf = groupBy(rows.aside, (edge) => edge.from);
  intoColumns(rows, (left, right) => {
    if (left.node === null || right.node === null) {
      const labels = left.node === null ? 0 : Math.max(0, ...rightExits(ports, left.node).map(labelAcross));
      return left.node === null && right.node === null ? 14 : Math.max(24, labels ? labels + 28 : 24);
    }
    const exits = rightExits(ports, left.node);
    const beside = asideOf.get(left.node)?.find((edge) => edge.to === right.node);
    const others = exits.filter((edge) => edge !== beside);
    const room = others.length ? Math.max(...others.map(labelAcross)) + 28 + others.length * 10 : 0;
    return Math.max(metrics.columnGap, beside ? metrics.sideGap(beside) : 0, room ? room + 20 : 0);
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

  // What edges to one target have in common is led once, from each passage on.
  const onward = new Map<string, readonly Corner[]>();
  const cornersFrom = (passage: string): readonly Corner[] => {
    const known: string[] = [];
    let at: string | undefined = passage;
    while (at !== undefined && !onward.has(at) && item(at).node === null) {
      known.push(at);
      at = rows.next.get(at);
    }
    for (const key of known.reverse()) {
      const here = item(key);
      const after = item(rows.next.get(key) ?? key);
      const rest = onward.get(after.key) ?? [];
      if (Math.abs(here.x - after.x) <= 1) onward.set(key, rest);
      else {
        const level = run(here.rank + 1, `p${here.key}`, [here.x], [after.x]);
        onward.set(key, [[here.x, level], [after.x, level], ...rest]);
      }
    }
    return onward.get(passage) ?? [];
  };
  for (const [edge, firstKey] of rows.forward) {
    const [source, target, first] = [item(edge.from), item(edge.to), item(firstKey)];
    const corners: Corner[] = [];
    const side = ports.right.get(edge.id);
    if (side !== undefined) {
      const right = source.x + half(source);
      corners.push([right, port(source, side.below)]);
      const needed = right + Math.max(16, labelAcross(edge) + 20);
      const blocked = rowOf(source).some(
        (each) => each.x > source.x && each.x - half(each) < first.x + 10 && each !== source,
      );
      if (first.x >= needed && !blocked) corners.push([first.x, port(source, side.below)]);
      else {
        const x = right + (edge.label === null ? 16 : labelAcross(edge) + 24) + side.index * 10;
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
    corners.push(...cornersFrom(firstKey), [target.x, { on: "top", item: target }]);
    plan.set(edge.id, corners);
  }

  for (const edge of rows.aside as RealEdge[]) {
    const [source, target] = [item(edge.from), item(edge.to)];
    const side = ports.right.get(edge.id) ?? { below: sidePort, index: 0 };
    const right = source.x + half(source);
    const row = rowOf(source);
    if (row.indexOf(target) === row.indexOf(source) + 1) {
      plan.set(edge.id, [
        [right, port(source, side.below)],
        [target.x - half(target), port(source, side.below)],
      ]);
      continue;
    }
    const x = right + (edge.label === null ? 16 : labelAcross(edge) + 24) + side.index * 10;
    const level = run(source.rank, `s${edge.id}`, [], [x, target.x]);
    plan.set(edge.id, [
      [right, port(source, side.below)],
      [x, port(source, side.below)],
      [x, level],
      [target.x, level],
      [target.x, { on: "top", item: target }],
    ]);
  }

  planBack(rows, ports, plan, run, metrics);

  const { gapTop, rowTop, track } = intoHeights(rows, ports, runs, metrics);
  const highestOf = rows.rows.map((row) => row.reduce((most, each) => Math.max(most, each.height), 0));
  const topOf = (each: Item): number => {
    const line = Math.min(highestOf[each.rank] ?? 0, metrics.cardHeight);
    return (rowTop[each.rank] ?? 0) + (each.height < line ? (line - each.height) / 2 : 0);
  };
  /** In a row of small things only, sides are met at half their height. */
  const rowLine = (highest: number) => (highest < metrics.cardHeight ? highest / 2 : Infinity);
  const height = (level: Level): number => {
    switch (level.on) {
      case "track":
        return (gapTop[level.gap] ?? 0) + (track.get(level.run) ?? 0);
      case "port":
        return (
          (rowTop[level.item.rank] ?? 0) + Math.min(level.below, rowLine(highestOf[level.item.rank] ?? 0))
        );
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

/** Stacks rows and the gaps between them; a gap is as high as its tracks and labels need. */
function intoHeights(rows: Rows, ports: Ports, runs: ReadonlyMap<string, Run>, metrics: Metrics) {
  const track = new Map<string, number>();
  const gapTop: number[] = [];
  const rowTop: number[] = [];
  const labelRoom = new Map<number, number>();
  for (const edge of rows.forward.keys()) {
    if (edge.label === null || ports.right.has(edge.id)) continue;
    const gap = (rows.items.get(edge.from)?.rank ?? 0) + 1;
    labelRoom.set(gap, Math.max(labelRoom.get(gap) ?? 0, metrics.labelRoom(edge)));
  }
  const byGap = groupBy([...runs.values()], (run) => run.gap);
  let y = 0;
  for (let gap = 0; gap <= rows.rows.length; gap++) {
    const { count, trackOf } = intoTracks(byGap.get(gap) ?? []);
    for (const [id, index] of trackOf) track.set(id, 12 + index * TRACK);
    gapTop.push(y);
    const inner = gap > 0 && gap < rows.rows.length;
    const room = labelRoom.get(gap);
    if (count > 0) y += 12 + (count - 1) * TRACK + (inner ? (room ?? 20) : 10);
    else if (inner) y += room ?? metrics.rowGap;
    rowTop.push(y);
    y += (rows.rows[gap] ?? []).reduce((most, item) => Math.max(most, item.height), 0);
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
