import type { Point } from "@/document/document.ts";
import type { Rect } from "@/graph/measures.ts";
import { straightened } from "@/graph/scopeLayout.ts";

/** Room kept round cards; less, where so much is not there. */
const MARGINS = [14, 9, 5];
const TURN = 60;

type Side = "top" | "left" | "right";

/** The end of a way: where its tip is, and the side it comes from. */
interface Tip {
  readonly at: Point;
  readonly side: Side;
}

const AWAY: Readonly<Record<Side | "bottom", readonly [number, number]>> = {
  top: [0, -1],
  left: [-1, 0],
  right: [1, 0],
  bottom: [0, 1],
};

/**
 * The shortest way with few turns between two points that keeps clear of the rectangles, by less where they
 * stand close together; straight through where there is none.
 */
export function wayAround(
  from: Point,
  leave: "bottom" | "right",
  tip: Tip,
  obstacles: readonly Rect[],
): Point[] {
  for (const margin of MARGINS) {
    const way = wayWithin(from, leave, tip, obstacles, margin);
    if (way) return way;
  }
  const to = tip.at;
  const middle = (from.y + to.y) / 2;
  return straightened([from, { x: from.x, y: middle }, { x: to.x, y: middle }, to]);
}

function wayWithin(
  from: Point,
  leave: "bottom" | "right",
  { at: to, side: arrive }: Tip,
  obstacles: readonly Rect[],
  margin: number,
): Point[] | null {
  const stub = (at: Point, side: Side | "bottom"): Point => ({
    x: at.x + AWAY[side][0] * margin,
    y: at.y + AWAY[side][1] * margin,
  });
  const start = stub(from, leave);
  const goal = stub(to, arrive);
  const grown = obstacles.map((each) => ({
    left: each.x - margin + 1,
    right: each.x + each.width + margin - 1,
    top: each.y - margin + 1,
    bottom: each.y + each.height + margin - 1,
  }));
  const xs = axis([
    start.x,
    goal.x,
    (start.x + goal.x) / 2,
    ...obstacles.flatMap((each) => [each.x - margin, each.x + each.width + margin]),
  ]);
  const ys = axis([
    start.y,
    goal.y,
    (start.y + goal.y) / 2,
    ...obstacles.flatMap((each) => [each.y - margin, each.y + each.height + margin]),
  ]);
  const free = (x1: number, y1: number, x2: number, y2: number) => {
    const [left, right] = x1 < x2 ? [x1, x2] : [x2, x1];
    const [top, bottom] = y1 < y2 ? [y1, y2] : [y2, y1];
    return !grown.some(
      (each) => left < each.right && right > each.left && top < each.bottom && bottom > each.top,
    );
  };
  const width = xs.length;
  const first = ys.indexOf(start.y) * width + xs.indexOf(start.x);
  const last = ys.indexOf(goal.y) * width + xs.indexOf(goal.x);
  // One cost for each cell and direction of arrival: 0 upright, 1 level.
  const cost = new Map<number, number>([[first * 2, 0]]);
  const before = new Map<number, number>();
  const heap = new Heap();
  heap.push(first * 2, 0);
  for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
    const cell = key >> 1;
    if (cell === last) {
      const points: Point[] = [to];
      for (let at: number | undefined = key; at !== undefined; at = before.get(at)) {
        const index = at >> 1;
        points.unshift({ x: xs[index % width] ?? 0, y: ys[Math.floor(index / width)] ?? 0 });
      }
      return straightened([from, ...points]);
    }
    const [column, row] = [cell % width, Math.floor(cell / width)];
    const [x, y] = [xs[column] ?? 0, ys[row] ?? 0];
    const known = cost.get(key) ?? 0;
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const [nextX, nextY] = [xs[column + dx], ys[row + dy]];
      if (nextX === undefined || nextY === undefined || !free(x, y, nextX, nextY)) continue;
      const level = dx === 0 ? 0 : 1;
      const next = ((row + dy) * width + column + dx) * 2 + level;
      const price = known + Math.abs(nextX - x) + Math.abs(nextY - y) + (level === (key & 1) ? 0 : TURN);
      if (price >= (cost.get(next) ?? Infinity)) continue;
      cost.set(next, price);
      before.set(next, key);
      heap.push(next, price + Math.abs(goal.x - nextX) + Math.abs(goal.y - nextY));
    }
  }
  return null;
}

function axis(values: number[]): number[] {
  return [...new Set(values)].sort((one, other) => one - other);
}

/** A binary heap of numbers by price. */
class Heap {
  private readonly entries: [number, number][] = [];

  push(key: number, price: number): void {
    this.entries.push([key, price]);
    let at = this.entries.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.entries[parent]?.[1] ?? 0) <= price) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  pop(): number | undefined {
    const [top] = this.entries;
    const last = this.entries.pop();
    if (!top || !last) return undefined;
    if (this.entries.length === 0) return top[0];
    this.entries[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if ((this.entries[child]?.[1] ?? Infinity) < (this.entries[least]?.[1] ?? Infinity)) least = child;
      if (least === at) return top[0];
      this.swap(at, least);
      at = least;
    }
  }

  private swap(one: number, other: number): void {
    const held = this.entries[one];
    const moved = this.entries[other];
    if (!held || !moved) return;
    this.entries[one] = moved;
    this.entries[other] = held;
  }
}
