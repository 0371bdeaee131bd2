import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { openDocument } from "@/document/document.ts";
import { gapsAtCrossings, linesOf } from "@/graph/crossings.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph, type PlacedGraph } from "@/graph/layout.ts";
import { pathOf } from "@/graph/path.ts";
import { pictureOf } from "@/graph/picture.ts";
import type { Way } from "@/graph/scopeLayout.ts";

const place = (definition: object) =>
  placeGraph(deriveGraph(openDocument(JSON.stringify(definition)).definition));
const way = (...points: [number, number][]): Way => points.map(([x, y]) => ({ x, y }));
const gapsOf = (ways: Record<string, { to: string; way: Way }>) =>
  Object.fromEntries(
    gapsAtCrossings(
      linesOf(
        Object.entries(ways).map(([id, { to }]) => ({ id, to })),
        new Map(Object.entries(ways).map(([id, each]) => [id, each.way])),
      ),
    ),
  );

/** Every crossing of two edges of one scope, found the slow way. */
function crossingsOf(graph: PlacedGraph): { x: number; y: number; edges: [number, number] }[] {
  const found: { x: number; y: number; edges: [number, number] }[] = [];
  const pieces = graph.edges.flatMap((edge, index) =>
    edge.way.slice(1).map((end, at) => ({ edge, index, start: edge.way[at] ?? end, end })),
  );
  const upright = pieces.filter(({ start, end }) => Math.abs(start.x - end.x) < 0.5);
  for (const one of pieces.filter(({ start, end }) => Math.abs(start.y - end.y) < 0.5))
    for (const other of upright) {
      if (one.edge.scope !== other.edge.scope || one.edge === other.edge) continue;
      const [x, y] = [other.start.x, one.start.y];
      const inside = (at: number, a: number, b: number) => at > Math.min(a, b) + 1 && at < Math.max(a, b) - 1;
      if (inside(x, one.start.x, one.end.x) && inside(y, other.start.y, other.end.y))
        found.push({ x, y, edges: [one.index, other.index] });
    }
  return found;
}

describe("where edges cross", () => {
  it("breaks the later of two, whichever of them is level", () => {
    const level = { to: "A", way: way([0, 50], [100, 50]) };
    const upright = { to: "B", way: way([40, 0], [40, 100]) };
    expect(gapsOf({ level, upright })).toEqual({ upright: [{ x: 40, y: 50 }] });
    expect(gapsOf({ upright, level })).toEqual({ level: [{ x: 40, y: 50 }] });
  });

  it("breaks nothing where lines only touch, or join on the way to one node", () => {
    const trunk = { to: "A", way: way([40, 0], [40, 100]) };
    expect(gapsOf({ trunk, joins: { to: "A", way: way([0, 50], [40, 50], [40, 100]) } })).toEqual({});
    const fromRight = { to: "A", way: way([80, 50], [40, 50], [40, 100]) };
    expect(gapsOf({ trunk, joins: { to: "A", way: way([0, 50], [40, 50], [40, 100]) }, fromRight })).toEqual(
      {},
    );
    expect(gapsOf({ trunk, ends: { to: "B", way: way([0, 50], [40, 50]) } })).toEqual({});
  });

  it("breaks the later of two that cross although they lead to one node", () => {
    const first = { to: "A", way: way([40, 0], [40, 100]) };
    const passes = { to: "A", way: way([0, 50], [80, 50], [80, 100], [40, 100]) };
    expect(gapsOf({ first, passes })).toEqual({ passes: [{ x: 40, y: 50 }] });
  });

  it("breaks all lines of one trunk where an earlier edge crosses it, and the crossing edge once where it is later", () => {
    const trunk = {
      first: { to: "A", way: way([40, 0], [40, 100]) },
      second: { to: "A", way: way([0, 20], [40, 20], [40, 100]) },
    };
    const across = { to: "B", way: way([0, 60], [90, 60]) };
    expect(gapsOf({ across, ...trunk })).toEqual({ first: [{ x: 40, y: 60 }], second: [{ x: 40, y: 60 }] });
    expect(gapsOf({ ...trunk, across })).toEqual({ across: [{ x: 40, y: 60 }] });
  });

  it("leaves out 6 px of the path, and joins gaps that meet", () => {
    const straight = way([0, 0], [0, 100]);
    expect(pathOf(straight, 0, [{ x: 0, y: 50 }])).toBe("M0 0 L0 47 M0 53 L0 100");
    expect(
      pathOf(straight, 0, [
        { x: 0, y: 54 },
        { x: 0, y: 50 },
      ]),
    ).toBe("M0 0 L0 47 M0 57 L0 100");
    expect(pathOf(way([100, 0], [0, 0]), 0, [{ x: 30, y: 0 }])).toBe("M100 0 L33 0 M27 0 L0 0");
  });

  it("makes a corner sharper that would reach into a gap", () => {
    const bent = way([0, 0], [0, 50], [50, 50]);
    expect(pathOf(bent, 0, [{ x: 0, y: 42 }])).toBe("M0 0 L0 39 M0 45 L0 45 Q0 50 5 50 L50 50");
    expect(pathOf(bent, 0, [{ x: 10, y: 50 }])).toBe("M0 0 L0 43 Q0 50 7 50 L7 50 M13 50 L50 50");
  });

  it("is seen in the picture of a graph too", () => {
    const graph = place({
      StartAt: "A",
      States: {
        A: {
          Type: "Choice",
          Choices: ["X", "Y", "Z"].map((Next, at) => ({ Condition: `{% $x = ${at} %}`, Next })),
        },
        X: { Type: "Task", Resource: "r", Next: "Z", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Lost" }] },
        Y: { Type: "Task", Resource: "r", Next: "X", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Lost" }] },
        Z: { Type: "Task", Resource: "r", Next: "Y", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Lost" }] },
        Lost: { Type: "Fail" },
      },
    });
    const gaps = graph.edges.flatMap((edge) => edge.gaps);
    expect(gaps.length).toBeGreaterThan(0);
    const subpaths = [...pictureOf(graph).matchAll(/<path d="([^"]*)" fill="none"/g)].map(
      ([, d = ""]) => d.split("M").length - 1,
    );
    expect(subpaths.filter((count) => count > 1).length).toBe(
      graph.edges.filter((edge) => edge.gaps.length).length,
    );
  });

  it("costs little of what placing 2,000 states costs", { timeout: 60_000 }, () => {
    const began = process.cpuUsage().user;
    const graph = place(many(2000));
    const placed = process.cpuUsage().user;
    const gaps = gapsAtCrossings(
      linesOf(graph.edges, new Map(graph.edges.map((edge) => [edge.id, edge.way]))),
    );
    expect(gaps.size).toBeGreaterThan(100);
    expect(process.cpuUsage().user - placed).toBeLessThan((placed - began) / 3);
  });
});

/** Tasks with Catchers, rules that lead on, and ways back: as entangled as people draw. */
function many(count: number): object {
  const states: Record<string, object> = { Lost: { Type: "Fail" } };
  const after = (at: number) => `S${Math.min(count - 1, at)}`;
  for (let at = 0; at < count - 1; at++)
    states[`S${at}`] =
      at % 3 === 0
        ? {
            Type: "Choice",
            Choices: [2, 4].map((far) => ({ Condition: `{% $x = ${far} %}`, Next: after(at + far) })),
            Default: after(at + 1),
          }
        : {
            Type: "Task",
            Resource: "r",
            Next: after(at + 1),
            Catch: [{ ErrorEquals: ["States.ALL"], Next: at % 2 ? "Lost" : after(at + 3) }],
          };
  states[`S${count - 1}`] = { Type: "Succeed" };
  return { StartAt: "S0", States: states };
}

const wild = resolve(process.env["CUELIGHT_CONFORMANCE"] ?? "../../shared/conformance", "wild");

describe.runIf(existsSync(wild))("definitions found in the wild", () => {
  const files = existsSync(wild) ? readdirSync(wild).filter((name) => name.endsWith(".json")) : [];

  it.each(files)("%s has a gap wherever two of its edges cross, and nowhere else", (name) => {
    const { definition } = JSON.parse(readFileSync(join(wild, name), "utf8")) as { definition: object };
    const graph = place(definition);
    const crossings = crossingsOf(graph);
    const near = (one: { x: number; y: number }, other: { x: number; y: number }) =>
      Math.abs(one.x - other.x) + Math.abs(one.y - other.y) < 1;
    for (const { edges, ...point } of crossings)
      expect(
        edges.some((index) => graph.edges[index]?.gaps.some((gap) => near(gap, point))),
        `${edges.map((index) => graph.edges[index]?.id).join(" and ")} at ${point.x}, ${point.y}`,
      ).toBe(true);
    graph.edges.forEach((edge, index) => {
      for (const gap of edge.gaps)
        expect(crossings.some((each) => each.edges.includes(index) && near(each, gap))).toBe(true);
    });
  });
});
