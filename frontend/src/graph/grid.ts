import { overlap, type Rect } from "@/graph/measures.ts";

const CELL = 256;

/** Rectangles by where they are, so that one need not be held against all others. */
export class Grid<T extends Rect = Rect> {
  private readonly cells = new Map<string, T[]>();

  constructor(rects: Iterable<T> = []) {
    for (const rect of rects) this.add(rect);
  }

  add(rect: T): void {
    for (const key of cellsOf(rect)) {
      const found = this.cells.get(key);
      if (found) found.push(rect);
      else this.cells.set(key, [rect]);
    }
  }

  meets(rect: Rect): boolean {
    return cellsOf(rect).some((key) => this.cells.get(key)?.some((other) => overlap(rect, other)));
  }

  /** Those that meet a rectangle, each once. */
  within(rect: Rect): Set<T> {
    const found = new Set<T>();
    for (const key of cellsOf(rect))
      for (const other of this.cells.get(key) ?? []) if (overlap(rect, other)) found.add(other);
    return found;
  }
}

function cellsOf({ x, y, width, height }: Rect): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++)
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++)
      keys.push(`${column}:${row}`);
  return keys;
}
