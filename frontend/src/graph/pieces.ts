import type { Point } from "@/document/document.ts";
import type { Rect } from "@/graph/measures.ts";
import type { Way } from "@/graph/scopeLayout.ts";

/** A straight piece of a way, between two of its corners. */
export interface Piece {
  readonly start: Point;
  readonly end: Point;
  /** Whether it runs across the page; else it is upright. */
  readonly level: boolean;
  /** Its y where it is level, its x where it is upright. */
  readonly at: number;
  /** Where it lies along its own direction. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** The pieces of a way in order, from its source to its tip. */
export function piecesOf(way: Way): Piece[] {
  const pieces: Piece[] = [];
  for (let index = 1; index < way.length; index++) {
    const [start, end] = [way[index - 1], way[index]];
    if (!start || !end) continue;
    const [across, down] = [Math.abs(end.x - start.x), Math.abs(end.y - start.y)];
    const level = down < across;
    const [one, other] = level ? [start.x, end.x] : [start.y, end.y];
    pieces.push({
      start,
      end,
      level,
      at: level ? start.y : start.x,
      from: Math.min(one, other),
      to: Math.max(one, other),
      length: across + down,
    });
  }
  return pieces;
}

/** The rectangle that a piece covers; it is as thin as the line. */
export function rectOfPiece({ start, end }: Piece): Rect {
  return {
    x: Math.min(start.x, end.x),
    y: Math.min(start.y, end.y),
    width: Math.abs(end.x - start.x),
    height: Math.abs(end.y - start.y),
  };
}

/** What an edge has on the canvas. */
interface Drawn {
  readonly way: Way;
  readonly labelAt: Point | null;
  readonly plusAt: Point;
  readonly gaps: readonly Point[];
}

/** An edge with all that belongs to it moved. */
export function movedEdge<T extends Drawn>(edge: T, move: (point: Point) => Point): T {
  return {
    ...edge,
    way: edge.way.map(move),
    labelAt: edge.labelAt && move(edge.labelAt),
    plusAt: move(edge.plusAt),
    gaps: edge.gaps.map(move),
  };
}
