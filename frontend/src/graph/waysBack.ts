import type { Item, RealEdge, Rows } from "@/graph/layered.ts";
import type { Metrics } from "@/graph/measures.ts";
import { rightExits, type Ports } from "@/graph/ports.ts";
import type { Corner, Level, MakeRun } from "@/graph/scopeLayout.ts";

const TRACK = 18;

/** Leads the ways back: beside a side column where it is free, else round the left, each on a track of its own. */
export function planBack(
  rows: Rows,
  ports: Ports,
  plan: Map<string, Corner[]>,
  run: MakeRun,
  { labelAcross, sidePort }: Metrics,
): void {
  const item = (id: string): Item => rows.items.get(id) as Item;
  const left = (each: Item) => each.x - each.width / 2;
  const right = (each: Item) => each.x + each.width / 2;
  const rowOf = (each: Item): Item[] => rows.rows[each.rank] ?? [];
  const port = (each: Item, below: number): Level => ({ on: "port", item: each, below });
  const entered = new Set([...rows.forward.keys()].map((edge) => edge.to));
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
      const below = rightExits(ports, edge.to).length ? 12 : sidePort;
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

  const tracks: { x: number; from: number; to: number; target: string }[] = [];
  const span = (edge: RealEdge) => item(edge.from).rank - item(edge.to).rank;
  for (const edge of round.sort((one, other) => span(one) - span(other))) {
    const [source, target] = [item(edge.from), item(edge.to)];
    const passed = rows.rows.slice(target.rank, source.rank + 1).flat();
    let x = Math.min(...passed.map(left)) - TRACK - 4;
    const outLeft = leftOut.has(edge.from);
    if (outLeft && edge.label !== null) x = Math.min(x, left(source) - labelAcross(edge) - 24);
    const clash = (at: number) =>
      tracks.find(
        (track) =>
          track.target !== edge.to &&
          Math.abs(track.x - at) < TRACK - 2 &&
          track.from >= target.rank - 1 &&
          track.to <= source.rank + 1,
      );
    for (let track = clash(x); track; track = clash(x)) x = track.x - TRACK;
    tracks.push({ x, from: source.rank, to: target.rank, target: edge.to });
    const corners: Corner[] = [];
    if (outLeft) {
      const out = port(source, leftIn.has(edge.from) ? 46 : sidePort);
      corners.push([left(source), out], [x, out]);
    } else {
      const level = run(source.rank + 1, `b${source.key}`, [source.x], [x]);
      corners.push([source.x, { on: "bottom", item: source }], [source.x, level], [x, level]);
    }
    if (leftIn.has(edge.to)) {
      const into = port(target, leftOut.has(edge.to) ? 20 : sidePort);
      corners.push([x, into], [left(target), into]);
    } else {
      const level = run(target.rank, `l${edge.to}`, [x], [target.x]);
      corners.push([x, level], [target.x, level], [target.x, { on: "top", item: target }]);
    }
    plan.set(edge.id, corners);
  }
}
