import type { Point } from "@/document/document.ts";
import type { Rect } from "@/graph/measures.ts";
import { straightened } from "@/graph/scopeLayout.ts";

const MARGIN = 14;
const TURN = 60;

/** The shortest way with few turns between two points that keeps clear of the rectangles; straight through where there is none. */
export function wayAround(
  from: Point,
  to: Point,
  obstacles: readonly Rect[],
  arrive: "top" | "left" = "top",
): Point[] {
  const start = { x: from.x, y: from.y };
  const goal = arrive === "top" ? { x: to.x, y: to.y - MARGIN } : { x: to.x - MARGIN, y: to.y };
  const grown = obstacles.map((each) => ({
    left: each.x - MARGIN + 1,
    right: each.x + each.width + MARGIN - 1,
    top: each.y - MARGIN + 1,
    bottom: each.y + each.height + MARGIN - 1,
  }));
  const xs = axis([
    start.x,
    goal.x,
    (start.x + goal.x) / 2,
    ...obstacles.flatMap((each) => [each.x - MARGIN, each.x + each.width + MARGIN]),
  ]);
  const ys = axis([
    start.y,
    goal.y,
    (start.y + goal.y) / 2,
    ...obstacles.flatMap((each) => [each.y - MARGIN, each.y + each.height + MARGIN]),
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
      return straightened(points);
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
  const middle = (start.y + to.y) / 2;
  return straightened([start, { x: start.x, y: middle }, { x: to.x, y: middle }, to]);
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
