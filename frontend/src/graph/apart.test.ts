import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph } from "@/graph/layout.ts";
import { crosses } from "@/graph/ways.ts";

const choice = (next: string, ...back: string[]): JsonObject => ({
  Type: "Choice",
  Choices: back.map((to, at) => ({ Variable: "$.n", NumericEquals: at, Next: to })),
  Default: next,
});
const definition: JsonObject = {
  StartAt: "A",
  States: {
    A: { Type: "Pass", Next: "B" },
    B: { Type: "Pass", Next: "C" },
    C: choice("D", "A"),
    D: choice("E", "B"),
    E: choice("F", "A", "C"),
    F: { Type: "Succeed" },
  },
};

/** A piece so short, between an arrow and the next bend, may lie on another's line. */
const STUB = 12;

/** How far edges between different nodes run on one track, at the most. */
function longestShared(graph: ReturnType<typeof placeGraph>): number {
  const pieces = graph.edges.flatMap((edge) =>
    edge.way.slice(1).map((end, index) => {
      const start = edge.way[index] ?? end;
      const level = Math.abs(start.y - end.y) < Math.abs(start.x - end.x);
      const ends = level ? [start.x, end.x] : [start.y, end.y];
      return { edge, level, at: level ? start.y : start.x, from: Math.min(...ends), to: Math.max(...ends) };
    }),
  );
  let most = 0;
  for (const one of pieces)
    for (const other of pieces)
      if (
        one.edge.to !== other.edge.to &&
        one.edge.from !== other.edge.from &&
        one.level === other.level &&
        Math.abs(one.at - other.at) < 6
      )
        most = Math.max(most, Math.min(one.to, other.to) - Math.max(one.from, other.from));
  return most;
}

describe.each(["down", "right"] as const)("transitions in a graph that runs %s", (direction) => {
  const place = (positions: Record<string, { x: number; y: number }>) =>
    placeGraph(deriveGraph(definition), { positions, ...(direction === "right" && { direction }) });

  it("that go back each have a track of their own", () => {
    expect(longestShared(place({}))).toBeLessThanOrEqual(STUB);
  });

  it.each(["A", "B", "C", "D", "E"])(
    "keep apart when %s was moved by hand, and clear of all cards",
    (moved) => {
      for (const x of [-420, -150, 160, 400])
        for (const y of [60, 300, 520]) {
          const graph = place({ [moved]: { x, y } });
          expect(longestShared(graph), `${moved} at ${x}, ${y}`).toBeLessThanOrEqual(STUB);
          for (const { way } of graph.edges)
            expect([...graph.rects.values()].filter((rect) => crosses(way, rect))).toEqual([]);
        }
    },
  );
});
