import type { Point } from "@/document/document.ts";
import { CORNER, EDGE_GAP } from "@/graph/measures.ts";

const NO_GAPS: readonly Point[] = [];

/**
 * A way as the `d` of an SVG path, its corners rounded; shortened at the end by the length of the tip, and
 * broken at the points where it gives way to another edge.
 */
export function pathOf(way: readonly Point[], tip = 0, gaps = NO_GAPS): string {
  const points = shortened(way, tip);
  const broken = points.map((point, index) => gapsOn(points[index - 1] ?? point, point, gaps));
  return points
    .map((point, index) => {
      const [last, next] = [points[index - 1], points[index + 1]];
      if (!last) return `M${point.x} ${point.y}`;
      const before = stretch(last, point, broken[index] ?? []);
      if (!next) return `${before}L${point.x} ${point.y}`;
      // A corner keeps clear of the gaps beside it.
      const into = distance(last, point);
      const out = distance(point, next);
      const radius = Math.max(
        0,
        Math.min(
          CORNER,
          into / 2,
          out / 2,
          into - (broken[index]?.at(-1)?.[1] ?? 0),
          broken[index + 1]?.[0]?.[0] ?? out,
        ),
      );
      const from = towards(point, last, radius);
      const to = towards(point, next, radius);
      return `${before}L${from.x} ${from.y} Q${point.x} ${point.y} ${to.x} ${to.y}`;
    })
    .join(" ");
}

function shortened(way: readonly Point[], tip: number): Point[] {
  const points = way.map((point) => ({ ...point }));
  const [end, before] = [points.at(-1), points.at(-2)];
  if (end && before && tip > 0) {
    const length = distance(before, end);
    const share = length > 0 ? Math.max(0, length - tip) / length : 0;
    end.x = before.x + (end.x - before.x) * share;
    end.y = before.y + (end.y - before.y) * share;
  }
  return points;
}

type Gap = readonly [from: number, to: number];

/** The gaps on a straight piece, by their distance from its start; those that meet are one. */
function gapsOn(start: Point, end: Point, gaps: readonly Point[]): Gap[] {
  if (gaps.length === 0) return [];
  const length = distance(start, end);
  const level = Math.abs(end.y - start.y) < Math.abs(end.x - start.x);
  const found: Gap[] = [];
  const centres = gaps
    .filter((gap) => Math.abs(level ? gap.y - start.y : gap.x - start.x) < 1)
    .map((gap) =>
      level ? (gap.x - start.x) * Math.sign(end.x - start.x) : (gap.y - start.y) * Math.sign(end.y - start.y),
    )
    .filter((at) => at > 0 && at < length)
    .sort((one, other) => one - other);
  for (const centre of centres) {
    const [from, to] = [Math.max(0, centre - EDGE_GAP / 2), Math.min(length, centre + EDGE_GAP / 2)];
    const last = found.at(-1);
    if (last && from <= last[1]) found[found.length - 1] = [last[0], to];
    else found.push([from, to]);
  }
  return found;
}

function stretch(start: Point, end: Point, gaps: readonly Gap[]): string {
  return gaps
    .map(([from, to]) => {
      const [stop, go] = [towards(start, end, from), towards(start, end, to)];
      return `L${stop.x} ${stop.y} M${go.x} ${go.y} `;
    })
    .join("");
}

function distance(one: Point, other: Point): number {
  return Math.abs(other.x - one.x) + Math.abs(other.y - one.y);
}

function towards(from: Point, to: Point, distance: number): Point {
  return {
    x: from.x + Math.sign(Math.round(to.x - from.x)) * distance,
    y: from.y + Math.sign(Math.round(to.y - from.y)) * distance,
  };
}

/** The arrow's tip as an SVG path: 8 px long, pointing the way the edge arrives. */
export function tipOf(way: readonly Point[]): string {
  const [end, before] = [way.at(-1), way.at(-2)];
  if (!end || !before) return "";
  const dx = Math.sign(Math.round(end.x - before.x));
  const dy = dx === 0 ? Math.sign(Math.round(end.y - before.y)) || 1 : 0;
  const [baseX, baseY] = [end.x - dx * 8, end.y - dy * 8];
  return `M${end.x - dx} ${end.y - dy} L${baseX + dy * 4.5} ${baseY + dx * 4.5} L${baseX - dy * 4.5} ${baseY - dx * 4.5} Z`;
}
