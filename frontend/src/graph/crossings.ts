import type { Point } from "@/document/document.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import { Grid } from "@/graph/grid.ts";
import type { Rect } from "@/graph/measures.ts";
import { piecesOf } from "@/graph/pieces.ts";
import type { Way } from "@/graph/scopeLayout.ts";

/** A straight line along which one or more edges lead to the same node. */
export interface Line {
  /** Its y where it is level, its x where it is upright. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly target: string | null;
  /** The place of its first edge in the order of drawing. */
  readonly first: number;
  readonly pieces: readonly Piece[];
}

export interface Lines {
  readonly level: readonly Line[];
  readonly upright: readonly Line[];
}

interface Piece {
  readonly edge: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The points at which each edge gives way to another: where two cross, the later one is broken. Edges that
 * lead to one node along one line are a single line here, as a thousand Catchers have one handler.
 */
export function gapsAtCrossings({ level, upright }: Lines): Map<string, Point[]> {
  const gaps = new Map<string, Point[]>();
  const through = (line: Line, along: number) =>
    line.pieces.filter((piece) => piece.from + TOUCH < along && along < piece.to - TOUCH);
  const give = (pieces: readonly Piece[], point: Point) => {
    for (const { edge } of pieces) {
      const found = gaps.get(edge);
      if (found) found.push(point);
      else gaps.set(edge, [point]);
    }
  };
  forEachCrossing(level, upright, (one, other) => {
    const point = { x: other.at, y: one.at };
    const isLater = one.first > other.first;
    // Lines to one node join: there they cross only where a piece of each goes on beyond the other.
    if (one.target === other.target) {
      const [levels, uprights] = [through(one, other.at), through(other, one.at)];
      const apart = levels.some(({ edge }) => uprights.some((each) => each.edge !== edge));
      if (apart) give(isLater ? levels : uprights, point);
    } else give(isLater ? through(one, other.at) : through(other, one.at), point);
  });
  return gaps;
}

/** The straight lines of all edges; those of edges to one node that meet on one line are a single one. */
export function linesOf(
  edges: readonly Pick<GraphEdge, "id" | "to">[],
  ways: ReadonlyMap<string, Way>,
): Lines {
  type Drawn = Piece & { at: number; target: string | null; order: number };
  const level: Drawn[] = [];
  const upright: Drawn[] = [];
  edges.forEach(({ id, to: target }, order) => {
    for (const piece of piecesOf(ways.get(id) ?? [])) {
      const { at, from, to } = piece;
      (piece.level ? level : upright).push({ edge: id, target, order, at, from, to });
    }
  });
  const joined = (pieces: readonly Drawn[]): Line[] => {
    const byLine = new Map<string, Drawn[]>();
    for (const piece of pieces) {
      const key = `${piece.at} ${piece.target}`;
      const found = byLine.get(key);
      if (found) found.push(piece);
      else byLine.set(key, [piece]);
    }
    return [...byLine.values()].flatMap((together) => {
      const lines: (Omit<Line, "pieces"> & { to: number; first: number; pieces: Piece[] })[] = [];
      for (const piece of together.sort((one, other) => one.from - other.from)) {
        const last = lines.at(-1);
        if (last && piece.from <= last.to) {
          last.to = Math.max(last.to, piece.to);
          last.first = Math.min(last.first, piece.order);
          last.pieces.push(piece);
        } else lines.push({ ...piece, first: piece.order, pieces: [piece] });
      }
      return lines;
    });
  };
  return { level: joined(level), upright: joined(upright) };
}

/** A line that only touches another ends there. */
const TOUCH = 1;

/** Finds each pair that crosses, from the top down: at any height only the uprights that reach it are looked at. */
function forEachCrossing(
  level: readonly Line[],
  upright: readonly Line[],
  found: (level: Line, upright: Line) => void,
): void {
  const coming = [...upright].sort((one, other) => one.from - other.from);
  let next = 0;
  let added = 0;
  /** Those that have begun, by their x; those that have ended are left out now and then. */
  let active: Line[] = [];
  for (const line of [...level].sort((one, other) => one.at - other.at)) {
    for (let each = coming[next]; each && each.from + TOUCH < line.at; each = coming[++next]) {
      active.splice(firstBeyond(active, each.at), 0, each);
      added++;
    }
    if (added > 64 + active.length / 2) {
      active = active.filter((each) => each.to - TOUCH > line.at);
      added = 0;
    }
    for (let at = firstBeyond(active, line.from + TOUCH); at < active.length; at++) {
      const each = active[at] as Line;
      if (each.at >= line.to - TOUCH) break;
      if (each.to - TOUCH > line.at) found(line, each);
    }
  }
}

/** The index of the first line whose `at` lies beyond; lines are sorted by it. */
function firstBeyond(lines: readonly Line[], at: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] as Line).at > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

const LONG = 1000;

/** Lines by where they are: short ones in a grid, long ones in order, as they would be in too many cells. */
export class LinesByPlace {
  private readonly short = new Grid();
  private readonly long: Lines;

  constructor({ level, upright }: Lines) {
    for (const line of level) if (line.to - line.from <= LONG) this.short.add(rectOf(line, true));
    for (const line of upright) if (line.to - line.from <= LONG) this.short.add(rectOf(line, false));
    const longOf = (lines: readonly Line[]) =>
      lines.filter((line) => line.to - line.from > LONG).sort((one, other) => one.at - other.at);
    this.long = { level: longOf(level), upright: longOf(upright) };
  }

  /** The lines that run through a rectangle, as rectangles without breadth. */
  within(box: Rect): Rect[] {
    const found = [...this.short.within(box)];
    const { level, upright } = this.long;
    for (let at = firstBeyond(level, box.y); at < level.length; at++) {
      const line = level[at] as Line;
      if (line.at >= box.y + box.height) break;
      if (line.from < box.x + box.width && line.to > box.x) found.push(rectOf(line, true));
    }
    for (let at = firstBeyond(upright, box.x); at < upright.length; at++) {
      const line = upright[at] as Line;
      if (line.at >= box.x + box.width) break;
      if (line.from < box.y + box.height && line.to > box.y) found.push(rectOf(line, false));
    }
    return found;
  }
}

function rectOf({ at, from, to }: Line, isLevel: boolean): Rect {
  return isLevel
    ? { x: from, y: at, width: to - from, height: 0 }
    : { x: at, y: from, width: 0, height: to - from };
}
