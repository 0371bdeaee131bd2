import type { Point } from "@/document/document.ts";
import { partedWays, type Parted } from "@/graph/alone.ts";
import type { GraphEdge } from "@/graph/derive.ts";
import { LinesByPlace, type Lines } from "@/graph/crossings.ts";
import { Grid } from "@/graph/grid.ts";
import { labelBox, labelWidth, LABEL_HEIGHT, overlap, type Rect } from "@/graph/measures.ts";
import { piecesOf, type Piece } from "@/graph/pieces.ts";
import type { Way } from "@/graph/scopeLayout.ts";

/**
 * The centres of the labels: on the edge, where neither a node nor another label is, and where there is such a place,
 * on a part of it that no other edge takes as well, as nobody could tell whose label it is else.
 */
export function placeLabels(
  edges: readonly GraphEdge[],
  ways: ReadonlyMap<string, Way>,
  rects: ReadonlyMap<string, Rect>,
  lines: Lines,
): Map<string, Point> {
  const placed = new Map<string, Point>();
  const boxes = new Map<string, Rect>();
  const parts = new Map<string, Parted>();
  const taken = new Grid([...rects.values()]);
  if (edges.every(({ label }) => label === null)) return placed;
  const partsOf = partedWays(ways);
  for (const edge of edges) {
    const way = ways.get(edge.id);
    const width = labelWidth(edge);
    if (!way || way.length < 2 || edge.label === null) continue;
    const own = partsOf(edge.id);
    parts.set(edge.id, own);
    const spots = spotsOn(way, width);
    const free = (spot: Point) => !taken.meets(labelBox(edge, spot));
    const at =
      spots.find((spot) => isApart(labelBox(edge, spot), own) && free(spot)) ??
      placeAlone(edge, way, own, free) ??
      spots.find(free) ??
      everywhereOn(piecesOf(way)).find(free) ??
      spots[0];
    if (!at) continue;
    const box = labelBox(edge, at);
    placed.set(edge.id, at);
    boxes.set(edge.id, box);
    taken.add(box);
  }
  if (boxes.size > 0) moveOffLines(edges, ways, parts, placed, boxes, taken, new LinesByPlace(lines));
  return placed;
}

/** Whether a label keeps clear of what its edge has in common with others. */
function isApart(box: Rect, { shared }: Parted): boolean {
  return !shared.some((line) => overlap(box, line));
}

/** A free place on what belongs to an edge alone; as near to the rest as need be, where little does. */
function placeAlone(
  edge: GraphEdge,
  way: Way,
  own: Parted,
  free: (spot: Point) => boolean,
): Point | undefined {
  const spots = pointsAlone(way, own).filter(free);
  return spots.find((spot) => isApart(labelBox(edge, spot), own)) ?? spots[0];
}

/** As much of the tip is left to be seen. */
const TIP = 18;

function pointsAlone(way: Way, { alone }: Parted): Point[] {
  const tip = way.at(-1);
  return everywhereOn(alone()).filter((at) => tip && Math.abs(at.x - tip.x) + Math.abs(at.y - tip.y) >= TIP);
}

/** As many places as are looked at for a label that has to move. */
const NEAR = 40;

/** Moves labels that lie on the line of another edge along their own, where there is room for them. */
function moveOffLines(
  edges: readonly GraphEdge[],
  ways: ReadonlyMap<string, Way>,
  parts: ReadonlyMap<string, Parted>,
  placed: Map<string, Point>,
  boxes: ReadonlyMap<string, Rect>,
  taken: Grid,
  lines: LinesByPlace,
): void {
  for (const edge of edges) {
    const [way, own, before] = [ways.get(edge.id), parts.get(edge.id), boxes.get(edge.id)];
    if (!way || !own || !before) continue;
    const clear = (box: Rect) => lines.within(box).every((line) => runsAlong(line, way));
    if (clear(before)) continue;
    const free = (box: Rect) => [...taken.within(box)].every((other) => other === before);
    // Not far from where the choice is made, and not at the very tip: an arrow is to be seen.
    const isOwn = isApart(before, own);
    const along = isOwn ? pointsAlone(way, own) : everywhereOn(piecesOf(way.slice(0, 4))).slice(0, -2);
    // A label that lies on what is its edge's alone does not leave it.
    const spots = [...spotsOn(way, labelWidth(edge)), ...along]
      .slice(0, NEAR)
      .filter((spot) => !isOwn || isApart(labelBox(edge, spot), own));
    const at = spots.find((spot) => clear(labelBox(edge, spot)) && free(labelBox(edge, spot)));
    if (!at) continue;
    placed.set(edge.id, at);
    taken.add(labelBox(edge, at));
  }
}

/** Whether a line lies along a way: its own, or one that it has in common with other edges. */
function runsAlong(line: Rect, way: Way): boolean {
  return way.some((point, index) => {
    const next = way[index + 1];
    if (!next) return false;
    return line.width > line.height
      ? Math.abs(point.y - line.y) < 1 && Math.abs(next.y - line.y) < 1
      : Math.abs(point.x - line.x) < 1 && Math.abs(next.x - line.x) < 1;
  });
}

/** Points all along pieces, for a label that finds none of its usual places free. */
function everywhereOn(pieces: readonly Piece[]): Point[] {
  return pieces.flatMap(({ start, end, length }) => {
    const steps = Math.floor(length / 10);
    return Array.from({ length: Math.max(0, steps - 1) }, (_, at) => ({
      x: start.x + ((end.x - start.x) * (at + 1)) / steps,
      y: start.y + ((end.y - start.y) * (at + 1)) / steps,
    }));
  });
}

function spotsOn(way: Way, width: number): Point[] {
  const pieces = piecesOf(way);
  const [first, ...rest] = pieces;
  if (!first) return [];
  const middle = ({ start, end }: { start: Point; end: Point }): Point => ({
    x: (start.x + end.x) / 2,
    y: (start.y + end.y) / 2,
  });
  // On a long upright the label stays near its beginning, where the choice is made.
  const near = ({ start, end, length }: Piece, far: number): Point => ({
    x: start.x,
    y: start.y + Math.sign(end.y - start.y) * Math.min(length / 2, far),
  });
  const level = pieces.filter((piece) => piece.level && piece.length >= width + 12);
  const upright = pieces.filter((piece) => !piece.level && piece.length >= LABEL_HEIGHT + 6);
  if (first.level) {
    const outwards = Math.sign(first.end.x - first.start.x);
    const beside = {
      x: first.start.x + outwards * (Math.min(first.length, width + 24) / 2),
      y: first.start.y,
    };
    return [beside, ...level.map(middle), ...upright.map((piece) => near(piece, 20)), middle(first)];
  }
  const single = pieces.length === 1;
  const later = upright.filter((piece) => piece !== first);
  const uprights = single ? upright : [...later, ...(rest.length ? [] : [first])];
  // Beside others that branch off, the one straight on keeps clear of their line and stands level with their labels.
  const straight = single && first.length >= 48 ? [near({ ...first, length: 2 * 30 }, 30)] : [];
  const spots = [...straight, ...uprights.flatMap((piece) => [near(piece, 18), near(piece, 40)])];
  return [...spots, ...level.map(middle), ...later.map(middle), middle(first)];
}
