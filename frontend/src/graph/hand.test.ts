import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import type { Point } from "@/document/document.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { crosses, placeGraph, type PlacedGraph } from "@/graph/layout.ts";
import { overlap } from "@/graph/measures.ts";

const definition: JsonObject = {
  StartAt: "Start job",
  States: {
    "Start job": { Type: "Pass", Next: "Get" },
    Get: { Type: "Task", Resource: "x", Catch: [{ ErrorEquals: ["A"], Next: "Failed" }], Next: "Ready?" },
    "Ready?": {
      Type: "Choice",
      Choices: [
        { Variable: "$.s", StringEquals: "COMPLETED", Next: "Read" },
        { Variable: "$.s", StringEquals: "FAILED", Next: "Failed" },
      ],
      Default: "Wait",
    },
    Wait: { Type: "Wait", Seconds: 2, Next: "Get" },
    Read: { Type: "Pass", End: true },
    Failed: { Type: "Fail" },
  },
};
const names = Object.keys(definition["States"] as JsonObject);
const placed = (positions: Record<string, Point>) => placeGraph(deriveGraph(definition), { positions });

/** What is wrong with the ways of a graph: LOOK's "never an edge through a card, an arrow into nothing". */
function faults(graph: PlacedGraph): string[] {
  return graph.edges.flatMap((edge) => {
    const [from, to] = [graph.rects.get(edge.from), edge.to === null ? undefined : graph.rects.get(edge.to)];
    const [first, last, before] = [edge.way[0], edge.way.at(-1), edge.way.at(-2)];
    if (!from || !to || !first || !last || !before) return [`${edge.id} has no way`];
    const found: string[] = [];
    const on = ({ x, y, width, height }: typeof from, at: Point) =>
      at.x >= x - 0.6 && at.x <= x + width + 0.6 && at.y >= y - 0.6 && at.y <= y + height + 0.6;
    if (!on(from, first)) found.push(`${edge.id} begins in nothing`);
    if (!on(to, last)) found.push(`${edge.id} ends in nothing`);
    if (Math.abs(last.x - before.x) + Math.abs(last.y - before.y) < 4.5)
      found.push(`${edge.id} has no arrow`);
    const upright = Math.abs(last.x - before.x) < 0.6;
    if (upright !== Math.abs(last.y - to.y) < 0.6) found.push(`${edge.id} runs along its target's edge`);
    for (const [id, rect] of graph.rects)
      if (crosses(edge.way, rect)) found.push(`${edge.id} runs through ${id}`);
    return found;
  });
}

describe("ways between cards that a hand moved", () => {
  it.each(Array.from({ length: 150 }, (_, seed) => seed))(
    "lead from card to card, clear of others (%i)",
    (seed) => {
      let state = seed * 7919 + 13;
      const random = (below: number) => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return (state >>> 8) % below;
      };
      const moved = names.filter(() => random(2) === 0);
      const positions = Object.fromEntries(
        moved.map((name) => [name, { x: random(90) * 10 - 450, y: 40 + random(80) * 10 }]),
      );
      expect(faults(placed(positions))).toEqual([]);
    },
  );

  it("a card that stands a few pixels beside the column is led to straight", () => {
    const plain = placed({});
    const [start, origin] = [plain.rects.get("Ready?"), plain.origins.get("")];
    if (!start || !origin) throw new Error("no card");
    const graph = placed({ "Ready?": { x: start.x - origin.x + 4, y: start.y - origin.y + 30 } });
    expect(graph.edges.find(({ from, to }) => from === "Get" && to === "Ready?")?.way).toHaveLength(2);
  });

  it("a way back comes in at the left, wherever its source was moved to", () => {
    const graph = placed({ Wait: { x: 260, y: 420 } });
    const back = graph.edges.find(({ from, to }) => from === "Wait" && to === "Get");
    expect(back?.way.at(-1)?.x).toBe(graph.rects.get("Get")?.x);
  });
});

describe("what is open of a state that a hand put somewhere", () => {
  const chain = {
    A: { Type: "Pass", Next: "B" },
    B: { Type: "Pass", Next: "D" },
    D: { Type: "Pass", End: true },
  };
  const undecided: JsonObject = {
    StartAt: "A",
    States: {
      ...chain,
      C: {
        Type: "Choice",
        Choices: [
          { Variable: "$.s", StringEquals: "yes", Next: "" },
          { Variable: "$.s", StringEquals: "no", Next: "" },
        ],
        Default: "",
      },
    },
  };
  const place = (definition: JsonObject, positions: Record<string, Point>, direction?: "right") =>
    placeGraph(deriveGraph(definition), { positions, ...(direction && { direction }) });
  const openOf = (graph: PlacedGraph) =>
    graph.edges.flatMap(({ to }) =>
      to !== null && graph.nodes.get(to)?.kind === "open" ? (graph.rects.get(to) ?? []) : [],
    );

  it("stands in one row below it, and moves nothing else", () => {
    const graph = place(undecided, { C: { x: -112, y: 500 } });
    const card = graph.rects.get("C");
    for (const rect of openOf(graph)) {
      expect(rect.y - (card?.y ?? 0) - 68).toBe(52);
      expect(Math.abs(rect.x - (card?.x ?? 0))).toBeLessThan(600);
    }
    expect(openOf(graph)).toHaveLength(3);
    const [a, alone] = [graph, place({ StartAt: "A", States: { ...chain, C: { Type: "Fail" } } }, {})].map(
      ({ rects }) => (rects.get("A")?.y ?? 0) - (rects.get("/Start")?.y ?? 0),
    );
    expect(a).toBe(alone);
    expect(faults(graph)).toEqual([]);
  });

  it("stands right of it in a graph that runs to the right", () => {
    const graph = place(undecided, { C: { x: 300, y: 500 } }, "right");
    const card = graph.rects.get("C");
    for (const rect of openOf(graph)) expect(rect.x).toBeGreaterThan((card?.x ?? 0) + 224);
    expect(new Set(openOf(graph).map(({ x }) => x)).size).toBe(1);
  });

  it.each([undefined, "right" as const])(
    "finds room between all others, wherever it was put (%s)",
    (direction) => {
      const states = { ...(undecided["States"] as JsonObject) };
      states["B"] = { Type: "Task", Resource: "x", Catch: [{ ErrorEquals: ["A"], Next: "" }], Next: "C" };
      for (let at = 0; at < 60; at++) {
        const spot = (by: number) => ({ x: ((at * by) % 90) * 10 - 450, y: 40 + ((at * by * 3) % 80) * 10 });
        const graph = place({ StartAt: "A", States: states }, { C: spot(37), B: spot(53) }, direction);
        if (!direction) expect(faults(graph)).toEqual([]);
        for (const rect of openOf(graph))
          for (const [id, other] of graph.rects)
            expect(other !== rect && overlap(rect, other), `${at}: ${id}`).toBe(false);
      }
    },
  );
});
