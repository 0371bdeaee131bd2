import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { openDocument } from "@/document/document.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { crosses, placeGraph, type PlacedGraph } from "@/graph/layout.ts";
import { overlap } from "@/graph/measures.ts";

function place(definition: object): PlacedGraph {
  return placeGraph(deriveGraph(openDocument(JSON.stringify(definition)).definition));
}

/** What is wrong with a placed graph: nodes that overlap, edges that run through a node, children outside their box. */
function faults(graph: PlacedGraph): string[] {
  const found: string[] = [];
  for (const scope of graph.scopes.values()) {
    const ids = scope.nodes.filter((id) => graph.rects.has(id));
    ids.forEach((one, index) => {
      for (const other of ids.slice(index + 1)) {
        const [a, b] = [graph.rects.get(one), graph.rects.get(other)];
        if (a && b && overlap(a, b)) found.push(`${one} overlaps ${other}`);
      }
      const [rect, box] = [
        graph.rects.get(one),
        scope.owner === null ? undefined : graph.rects.get(scope.owner),
      ];
      if (
        rect &&
        box &&
        !(
          rect.x >= box.x &&
          rect.y >= box.y &&
          rect.x + rect.width <= box.x + box.width &&
          rect.y + rect.height <= box.y + box.height
        )
      )
        found.push(`${one} leaves its box`);
    });
    for (const edge of graph.edges.filter((each) => each.scope === scope.id))
      for (const id of ids) {
        const rect = graph.rects.get(id);
        if (rect && crosses(edge.way, rect)) found.push(`${edge.id} crosses ${id}`);
      }
  }
  for (const edge of graph.edges)
    edge.way.forEach((point, index) => {
      const next = edge.way[index + 1];
      if (next && Math.abs(point.x - next.x) > 0.6 && Math.abs(point.y - next.y) > 0.6)
        found.push(`${edge.id} is not at right angles`);
    });
  return found;
}

describe("placing a graph", () => {
  it("stacks a chain in one column with the rhythm of the look", () => {
    const graph = place({
      StartAt: "A",
      States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "C" }, C: { Type: "Succeed" } },
    });
    const [a, b, c] = ["A", "B", "C"].map((id) => graph.rects.get(id));
    expect(a?.x).toBe(b?.x);
    expect((b?.y ?? 0) - (a?.y ?? 0) - 68).toBe(28);
    expect((c?.x ?? 0) + (c?.width ?? 0) / 2).toBe((b?.x ?? 0) + 112);
    expect(faults(graph)).toEqual([]);
  });

  it("puts a polling loop beside the chain, its way back free of the cards", () => {
    const graph = place({
      StartAt: "Get",
      States: {
        Get: { Type: "Task", Resource: "r", Next: "Ready?" },
        "Ready?": {
          Type: "Choice",
          Choices: [{ Variable: "$.s", StringEquals: "DONE", Next: "Use" }],
          Default: "Wait",
        },
        Wait: { Type: "Wait", Seconds: 20, Next: "Get" },
        Use: { Type: "Pass", Next: "Done" },
        Done: { Type: "Succeed" },
      },
    });
    const [ready, wait, use] = ["Ready?", "Wait", "Use"].map((id) => graph.rects.get(id));
    expect(wait?.y).toBe(ready?.y);
    expect(wait?.x ?? 0).toBeGreaterThan((ready?.x ?? 0) + 224 + 40);
    expect(use?.x).toBe(ready?.x);
    expect(faults(graph)).toEqual([]);
  });

  it("gives every branch a lane, 16 px apart, inside the box", () => {
    const lane = (name: string) => ({ StartAt: name, States: { [name]: { Type: "Pass", End: true } } });
    const graph = place({
      StartAt: "P",
      States: {
        P: { Type: "Parallel", Branches: [lane("A"), lane("B"), { StartAt: "", States: {} }], End: true },
      },
    });
    const [a, b] = ["A", "B"].map((id) => graph.rects.get(id));
    expect((b?.x ?? 0) - (a?.x ?? 0) - 224).toBe(16);
    expect(faults(graph)).toEqual([]);
  });

  it("leads a way back round the left side", () => {
    const graph = place({
      StartAt: "A",
      States: {
        A: { Type: "Pass", Next: "B" },
        B: { Type: "Pass", Next: "C" },
        C: { Type: "Choice", Choices: [{ Condition: "{% $x = 1 %}", Next: "A" }], Default: "D" },
        D: { Type: "Succeed" },
      },
    });
    const back = graph.edges.find((edge) => edge.from === "C" && edge.to === "A");
    expect(Math.min(...(back?.way ?? []).map((point) => point.x))).toBeLessThan(
      (graph.rects.get("A")?.x ?? 0) - 10,
    );
    expect(back?.label).toBe("x is 1");
    expect(faults(graph)).toEqual([]);
  });

  it("keeps places set by hand and leads the edges around the others", () => {
    const { definition } = openDocument(
      JSON.stringify({
        StartAt: "A",
        States: {
          A: { Type: "Pass", Next: "B" },
          B: { Type: "Pass", Next: "C" },
          C: { Type: "Pass", End: true },
        },
      }),
    );
    const graph = placeGraph(deriveGraph(definition), { positions: { B: { x: 500, y: 20 } } });
    expect((graph.rects.get("B")?.x ?? 0) - (graph.rects.get("A")?.x ?? 0)).toBeGreaterThan(300);
    expect(faults(graph)).toEqual([]);
  });

  it("places 300 states in well under a second", () => {
    const states: Record<string, object> = {};
    for (let at = 0; at < 300; at++)
      states[`S${at}`] = {
        Type: "Task",
        Resource: "r",
        ...(at < 299 ? { Next: `S${at + 1}` } : { End: true }),
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }],
      };
    states["Failed"] = { Type: "Fail" };
    const before = performance.now();
    const graph = place({ StartAt: "S0", States: states });
    expect(performance.now() - before).toBeLessThan(1500);
    expect(faults(graph)).toEqual([]);
  });
});

const corpus = join(
  process.env["CUELIGHT_CONFORMANCE"] ?? resolve(import.meta.dirname, "../../../../shared/conformance"),
  "wild",
);

describe.runIf(existsSync(corpus))("definitions found in the wild", () => {
  const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith(".json")) : [];
  it.each(files)("%s is placed without a fault", (name) => {
    const { definition } = JSON.parse(readFileSync(join(corpus, name), "utf8")) as { definition: object };
    const graph = place(definition);
    expect(graph.nodes.size).toBeGreaterThan(2);
    expect(faults(graph)).toEqual([]);
  });
});
