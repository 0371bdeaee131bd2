import type { GraphEdge } from "@/graph/derive.ts";
import { Grid } from "@/graph/grid.ts";
import type { Rect } from "@/graph/measures.ts";
import { piecesOf, rectOfPiece, type Piece } from "@/graph/pieces.ts";
import type { Way } from "@/graph/scopeLayout.ts";
import { crosses } from "@/graph/ways.ts";

/** Closer than this two lines beside each other look like one. */
const CLOSE = 6;
/** How far apart lines are led, and how often a free track is looked for on each side. */
const TRACK = 12;
const TRIES = 6;

/** As much of a piece is left for an arrow, or for a bend. */
const LEAST = 14;

type Ends = Pick<GraphEdge, "id" | "from" | "to">;

/** A piece of an edge that has its place, or is looking for one. */
interface EdgePiece extends Piece {
  readonly source: string;
  readonly target: string | null;
}

/**
 * Leads ways that were found one by one apart, where they share a track with an edge between other nodes. Where a way
 * leaves, and where it arrives from above, it stays; the rest moves aside as far as no node is in its way.
 */
export function keepApart(
  edges: readonly Ends[],
  ways: Map<string, Way>,
  rects: ReadonlyMap<string, Rect>,
  movable: ReadonlySet<string>,
  direction: "down" | "right",
): void {
  if (movable.size === 0) return;
  const known = new Map<string, EdgePiece[]>();
  const add = (edge: Ends, way: Way) => {
    for (const piece of piecesOfEdge(edge, way)) {
      const key = bucket(piece.level, piece.at);
      const found = known.get(key);
      if (found) found.push(piece);
      else known.set(key, [piece]);
    }
  };
  for (const edge of edges) if (!movable.has(edge.id)) add(edge, ways.get(edge.id) ?? []);
  const shares = (piece: EdgePiece) =>
    [-CLOSE, 0, CLOSE].some((by) =>
      (known.get(bucket(piece.level, piece.at + by)) ?? []).some(
        (other) =>
          other.target !== piece.target &&
          other.source !== piece.source &&
          Math.abs(other.at - piece.at) < CLOSE &&
          other.from < piece.to - CLOSE &&
          piece.from < other.to - CLOSE,
      ),
    );
  const nodes = new Grid(rects.values());
  const meetsNode = (way: Way) =>
    piecesOf(way).some((piece) =>
      [...nodes.within(rectOfPiece(piece))].some((rect) => crosses([piece.start, piece.end], rect)),
    );
  for (const edge of edges) {
    if (!movable.has(edge.id)) continue;
    let way = ways.get(edge.id) ?? [];
    const target = edge.to === null ? undefined : rects.get(edge.to);
    for (let index = 1; index < way.length - 1; index++) {
      const piece = piecesOfEdge(edge, way)[index];
      const arrives = index === way.length - 2;
      // At its side a node is arrived at wherever there is room; from above it is in the middle.
      if (arrives && piece?.level !== (direction === "down")) continue;
      if (!piece || !shares(piece)) continue;
      for (const by of OFFSETS) {
        const next = shifted(way, index, piece.level, by);
        const moved = piecesOfEdge(edge, next)[index];
        if (
          !moved ||
          !keepsShape(way, next, index) ||
          shares(moved) ||
          (arrives && !(target && isBeside(target, moved)))
        )
          continue;
        if (meetsNode(next.slice(index - 1, index + 3))) continue;
        way = next;
        break;
      }
    }
    ways.set(edge.id, way);
    add(edge, way);
  }
}

const OFFSETS = Array.from({ length: TRIES }, (_, index) => (index + 1) * TRACK).flatMap((by) => [-by, by]);

/** Whether the pieces beside one that was moved still lead the same way, and are long enough to be seen. */
function keepsShape(way: Way, next: Way, index: number): boolean {
  return [index - 1, index + 1].every((at) => {
    const [before, after] = [lengthOf(way, at), lengthOf(next, at)];
    return before === 0 || (Math.sign(before) === Math.sign(after) && Math.abs(after) >= LEAST);
  });
}

/** How far a piece leads, to the right or down; negative the other way; 0 where there is none. */
function lengthOf(way: Way, index: number): number {
  const [start, end] = [way[index], way[index + 1]];
  return start && end ? end.x - start.x + end.y - start.y : 0;
}

/** Whether a piece that arrives at a node's side still does so, with some room to its corners. */
function isBeside({ x, y, width, height }: Rect, { level, at }: EdgePiece): boolean {
  const [from, to] = level ? [y, y + height] : [x, x + width];
  return from + TRACK <= at && at <= to - TRACK;
}

function bucket(level: boolean, at: number): string {
  return `${level ? "level" : "upright"} ${Math.floor(at / CLOSE)}`;
}

function piecesOfEdge({ from, to }: Ends, way: Way): EdgePiece[] {
  return piecesOf(way).map((piece) => ({ ...piece, source: from, target: to }));
}

/** The way with one piece moved aside; those beside it become longer or shorter. */
function shifted(way: Way, index: number, level: boolean, by: number): Way {
  return way.map((point, at) => {
    if (at !== index && at !== index + 1) return point;
    return level ? { ...point, y: point.y + by } : { ...point, x: point.x + by };
  });
}
