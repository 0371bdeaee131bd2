import type { Point } from "@/document/document.ts";
import { CORNER } from "@/graph/measures.ts";

/** A way as the `d` of an SVG path, its corners rounded; shortened at the end by the length of the tip. */
export function pathOf(way: readonly Point[], tip = 0): string {
  const points = way.map((point) => ({ ...point }));
  const [end, before] = [points.at(-1), points.at(-2)];
  if (end && before && tip > 0) {
    const length = Math.abs(end.x - before.x) + Math.abs(end.y - before.y);
    const share = length > 0 ? Math.max(0, length - tip) / length : 0;
    end.x = before.x + (end.x - before.x) * share;
    end.y = before.y + (end.y - before.y) * share;
  }
  return points
    .map((point, index) => {
      const [last, next] = [points[index - 1], points[index + 1]];
      if (!last) return `M${point.x} ${point.y}`;
      if (!next) return `L${point.x} ${point.y}`;
      const into = Math.abs(point.x - last.x) + Math.abs(point.y - last.y);
      const out = Math.abs(next.x - point.x) + Math.abs(next.y - point.y);
      const radius = Math.min(CORNER, into / 2, out / 2);
      const from = towards(point, last, radius);
      const to = towards(point, next, radius);
      return `L${from.x} ${from.y} Q${point.x} ${point.y} ${to.x} ${to.y}`;
    })
    .join(" ");
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
