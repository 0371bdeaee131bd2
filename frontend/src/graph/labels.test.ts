import { describe, expect, it } from "vitest";

import type { GraphEdge } from "@/graph/derive.ts";
import { linesOf } from "@/graph/crossings.ts";
import { placeLabels } from "@/graph/labels.ts";
import { labelBox, overlap, type Rect } from "@/graph/measures.ts";
import type { Way } from "@/graph/scopeLayout.ts";

const rule = (to: string, label: string): GraphEdge => ({
  id: `C>${to}`,
  kind: "choice",
  from: "C",
  to,
  scope: "",
  label,
  title: label,
  fields: [],
});

/** Two rules whose ways leave together, at (112, 180), and part where the shorter one turns off. */
const edges = [rule("X", "answer is yes and string()"), rule("Y", "answer is no")];
const ways = new Map<string, Way>([
  ["C>X", corners([112, 180], [112, 260], [20, 260], [20, 300])],
  ["C>Y", corners([112, 180], [112, 260], [250, 260], [250, 300])],
]);
const rects = new Map<string, Rect>([["C", { x: 0, y: 112, width: 224, height: 68 }]]);
const trunk: Rect = { x: 112, y: 180, width: 0, height: 80 };

function corners(...points: [x: number, y: number][]): Way {
  return points.map(([x, y]) => ({ x, y }));
}

function labelled(ways: ReadonlyMap<string, Way>, others: ReadonlyMap<string, Rect> = new Map()) {
  const placed = placeLabels(edges, ways, new Map([...rects, ...others]), linesOf(edges, ways));
  return edges.map((edge) => {
    const at = placed.get(edge.id);
    if (!at) throw new Error(`${edge.id} has no label`);
    return labelBox(edge, at);
  });
}

describe("labels of rules whose lines leave together", () => {
  it("lie where each line is alone, whatever the words of the others", () => {
    const boxes = labelled(ways);
    for (const box of boxes) expect(overlap(box, trunk)).toBe(false);
    expect(boxes[0] && boxes[1] && overlap(boxes[0], boxes[1])).toBe(false);
  });

  it("do not fall back on the common piece when something stands at the usual places", () => {
    const others = new Map([["N", { x: 200, y: 262, width: 100, height: 30 }]]);
    const [, second] = labelled(ways, others);
    expect(second && overlap(second, trunk)).toBe(false);
  });

  it("go on to where a line that shares most of its way is alone", () => {
    const late = new Map<string, Way>([
      ["C>X", corners([112, 180], [112, 194], [-100, 194], [-100, 0], [-80, 0])],
      ["C>Y", corners([112, 180], [112, 194], [-100, 194], [-100, 100], [-80, 100])],
    ]);
    const [first] = labelled(late);
    expect(first?.y).toBeLessThan(100);
  });
});
