import type { Rect } from "@/graph/measures.ts";
import { piecesOf, rectOfPiece, type Piece } from "@/graph/pieces.ts";
import type { Way } from "@/graph/scopeLayout.ts";

/** A straight piece of a way, parted at the points where other edges join it or leave it. */
interface PartedPiece {
  readonly piece: Piece;
  /** Where it runs alone, from the left or from the top. */
  readonly alone: { readonly from: number; readonly to: number }[];
}

/** One way: what belongs to it alone, from the source to the tip, and what it has in common with others. */
export interface Parted {
  /** Asked for where the usual places are taken, which is seldom. */
  readonly alone: () => readonly Piece[];
  readonly shared: readonly Rect[];
}

/** Parts the ways of all edges, line by line from end to end, as a thousand edges may share one. */
export function partedWays(ways: ReadonlyMap<string, Way>): (edge: string) => Parted {
  const byEdge = new Map<string, PartedPiece[]>();
  const byLine = new Map<number, PartedPiece[]>();
  for (const [edge, way] of ways) {
    const pieces = piecesOf(way).map((piece): PartedPiece => ({ piece, alone: [] }));
    byEdge.set(edge, pieces);
    for (const each of pieces) {
      const line = Math.round(each.piece.at) * 2 + Number(each.piece.level);
      const found = byLine.get(line);
      if (found) found.push(each);
      else byLine.set(line, [each]);
    }
  }
  for (const pieces of byLine.values()) findAlone(pieces);
  return (edge) => {
    const pieces = byEdge.get(edge) ?? [];
    return { alone: () => pieces.flatMap(aloneOf), shared: pieces.flatMap(sharedOf) };
  };
}

/** Lines that only touch have nothing in common. */
const TOUCH = 1;

function findAlone(pieces: readonly PartedPiece[]): void {
  const [single] = pieces;
  if (single && pieces.length === 1) {
    single.alone.push(single.piece);
    return;
  }
  const ends = pieces
    .flatMap((each) => [
      { each, at: each.piece.from },
      { each, at: each.piece.to },
    ])
    .sort((one, other) => one.at - other.at);
  const running = new Set<PartedPiece>();
  let last = -Infinity;
  for (const { each, at } of ends) {
    if (running.size === 1 && at - last > TOUCH)
      for (const only of running) only.alone.push({ from: last, to: at });
    last = at;
    // The first of its two ends is where it begins.
    if (!running.delete(each)) running.add(each);
  }
}

function aloneOf({ piece, alone }: PartedPiece): Piece[] {
  const stretches = alone.map(({ from, to }) => part(piece, from, to));
  return leadsForward(piece) ? stretches : stretches.reverse();
}

function sharedOf({ piece, alone }: PartedPiece): Rect[] {
  const starts = [piece.from, ...alone.map(({ to }) => to)];
  const ends = [...alone.map(({ from }) => from), piece.to];
  return starts.flatMap((from, index) => {
    const to = ends[index] ?? from;
    return to - from > TOUCH ? [rectOfPiece(part(piece, from, to))] : [];
  });
}

/** A piece cut to a stretch of it, leading the same way. */
function part(piece: Piece, from: number, to: number): Piece {
  const [first, last] = leadsForward(piece) ? [from, to] : [to, from];
  const point = (along: number) => (piece.level ? { x: along, y: piece.at } : { x: piece.at, y: along });
  return { ...piece, from, to, start: point(first), end: point(last), length: to - from };
}

function leadsForward({ level, start, end }: Piece): boolean {
  return level ? start.x <= end.x : start.y <= end.y;
}
