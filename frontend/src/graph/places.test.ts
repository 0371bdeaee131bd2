import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph } from "@/graph/layout.ts";
import { landingAt } from "@/graph/places.ts";
import { snapped } from "@/graph/snap.ts";

const pass = (next?: string): JsonObject => ({ Type: "Pass", ...(next ? { Next: next } : { End: true }) });
const definition: JsonObject = {
  StartAt: "A",
  States: {
    A: pass("B"),
    B: pass("C"),
    C: { Type: "Choice", Choices: [{ Condition: "{% $x %}", Next: "A" }], Default: "D" },
    D: {
      Type: "Map",
      ItemProcessor: { StartAt: "In", States: { In: pass("In 2"), "In 2": pass() } },
      End: true,
    },
    Aside: { Type: "Fail" },
  },
};
const graph = placeGraph(deriveGraph(definition));
const edge = (from: string, to: string) => {
  const found = graph.edges.find((each) => each.from === from && each.to === to);
  if (!found) throw new Error(`no edge ${from} to ${to}`);
  return found;
};
const aside = { ids: new Set(["Aside"]), from: "" };

describe("where a drop lands", () => {
  it("a state goes onto a transition only where the pointer is on it, and stands free elsewhere", () => {
    const { plusAt } = edge("A", "B");
    expect(landingAt(graph, plusAt, aside)?.edge).toBe(edge("A", "B").id);
    expect(landingAt(graph, { x: plusAt.x + 20, y: plusAt.y }, aside)?.edge).toBe(edge("A", "B").id);
    for (const by of [28, 60, 110])
      expect(landingAt(graph, { x: plusAt.x + by, y: plusAt.y }, aside)?.place.kind).toBe("free");
  });

  it("beside a long way back the line stands where the pointer is, not in the middle of the way", () => {
    const back = edge("C", "A");
    const [from, to] = back.way
      .slice(1)
      .map((end, at) => [back.way[at] ?? end, end] as const)
      .sort(([a, b], [c, d]) => Math.abs(d.y - c.y) - Math.abs(b.y - a.y))[0] ?? [back.plusAt, back.plusAt];
    const at = { x: from.x + 10, y: from.y + (to.y - from.y) * 0.3 };
    expect(landingAt(graph, at, aside)?.line).toMatchObject({ x: from.x, y: at.y });
    expect(landingAt(graph, { x: from.x - 40, y: at.y }, aside)?.place.kind).toBe("free");
  });

  it("what is new, or comes from elsewhere, lands on what is nearest in a box", () => {
    const box = graph.rects.get("In");
    const corner = { x: (box?.x ?? 0) - 8, y: (box?.y ?? 0) + 90 };
    expect(landingAt(graph, corner, aside)?.place.kind).not.toBe("free");
    expect(landingAt(graph, corner)?.place.kind).not.toBe("free");
  });

  it("a place of an open transition is filled by what is let go on it, and by nothing beside it", () => {
    const open = placeGraph(
      deriveGraph({
        StartAt: "C",
        States: { C: { Type: "Choice", Choices: [{ Condition: "{% $x %}", Next: "" }], Default: "" } },
      }),
    );
    const rect = open.rects.get("/States/C/Default");
    const at = { x: (rect?.x ?? 0) + 20, y: (rect?.y ?? 0) + 20 };
    expect(landingAt(open, at)).toMatchObject({
      fills: "/States/C/Default",
      place: { kind: "transition", state: ["States", "C"], fields: [["Default"]] },
    });
    expect(landingAt(open, { x: at.x, y: at.y + 300 })?.fills).toBeNull();
  });
});

describe("where a hand puts a card", () => {
  it("its middle stands in line with a neighbour that is near, else on the grid", () => {
    const [a, b] = [graph.rects.get("A"), graph.rects.get("Aside")];
    if (!a || !b) throw new Error("no cards");
    const none = new Set(["Aside"]);
    expect(snapped(graph, "", { ...b, x: a.x + 6, y: 900 }, none).x).toBe(a.x);
    const origin = graph.origins.get("")?.x ?? 0;
    const free = snapped(graph, "", { ...b, x: a.x + 444, y: 900 }, none).x + b.width / 2 - origin;
    expect(free % 10).toBe(0);
  });
});
