import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { openDocument, withEdits, type Layout } from "@/document/document.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { crosses, heldIn, placeGraph, shownFor, type PlacedGraph } from "@/graph/layout.ts";
import { labelBox, overlap, type Rect } from "@/graph/measures.ts";

function place(definition: object, layout?: Partial<Layout>): PlacedGraph {
  return placeGraph(deriveGraph(openDocument(JSON.stringify(definition)).definition), {
    positions: {},
    ...layout,
  });
}

/** What is wrong with a placed graph: nodes that overlap, edges that run through a node or end in nothing, labels on cards or on one another, children outside their box. */
function faults(graph: PlacedGraph): string[] {
  const found: string[] = [];
  for (const edge of graph.edges) {
    if (edge.to === null) continue;
    const [from, to] = [graph.rects.get(edge.from), graph.rects.get(edge.to)];
    const [first, last] = [edge.way[0], edge.way.at(-1)];
    if (!from || !to || !first || !last || !touches(from, first) || !touches(to, last))
      found.push(`${edge.id} dangles`);
  }
  const labels = graph.edges.flatMap((edge) =>
    edge.labelAt ? [{ id: edge.id, ...labelBox(edge, edge.labelAt) }] : [],
  );
  labels.forEach((label, index) => {
    for (const other of labels.slice(index + 1))
      if (overlap(label, other)) found.push(`the label of ${label.id} lies on that of ${other.id}`);
    for (const [id, rect] of graph.rects)
      if ((graph.nodes.get(id)?.inner.length === 0 || graph.folded.has(id)) && overlap(label, rect))
        found.push(`the label of ${label.id} lies on ${id}`);
  });
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

function touches(rect: Rect, point: { x: number; y: number }): boolean {
  const level = point.x >= rect.x - 1 && point.x <= rect.x + rect.width + 1;
  const upright = point.y >= rect.y - 1 && point.y <= rect.y + rect.height + 1;
  const onSide = Math.abs(point.x - rect.x) < 1 || Math.abs(point.x - rect.x - rect.width) < 1;
  const onEnd = Math.abs(point.y - rect.y) < 1 || Math.abs(point.y - rect.y - rect.height) < 1;
  return level && upright && (onSide || onEnd);
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

  it("stands what lies at the side in one column, whatever the labels on the way there say", () => {
    const graph = place({
      StartAt: "Get",
      States: {
        Get: { Type: "Task", Resource: "r", Next: "Ready?" },
        "Ready?": { Type: "Choice", Choices: [{ Condition: "{% $done %}", Next: "Ask" }], Default: "Wait" },
        Wait: { Type: "Wait", Seconds: 20, Next: "Get" },
        Ask: {
          Type: "Task",
          Resource: "r",
          Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Nobody" }],
          Next: "Done",
        },
        Nobody: { Type: "Fail" },
        Done: { Type: "Succeed" },
      },
    });
    expect(graph.rects.get("Nobody")?.x).toBe(graph.rects.get("Wait")?.x);
    expect(faults(graph)).toEqual([]);
  });

  it("puts a label where no other edge passes under it, as long as there is such a place", () => {
    const caught = (Next: string) => ({
      Type: "Task",
      Resource: "r",
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Lost" }],
      Next,
    });
    const graph = place({
      StartAt: "A",
      States: {
        A: {
          Type: "Choice",
          Choices: ["X", "Y", "Z"].map((Next, at) => ({ Condition: `{% $x = ${at} %}`, Next })),
        },
        X: caught("P"),
        Y: caught("Q"),
        Z: caught("P"),
        P: { Type: "Pass", Next: "Q" },
        Q: { Type: "Succeed" },
        Lost: { Type: "Fail" },
      },
    });
    for (const { labelAt, ...edge } of graph.edges.filter((each) => each.kind === "choice"))
      for (const other of graph.edges.filter((each) => each.kind === "catch"))
        expect(labelAt && crosses(other.way, labelBox(edge, labelAt)), `${edge.id}, ${other.id}`).toBe(false);
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

  it("leaves what was moved where it was put while the rest grows, also to the left", () => {
    const states = {
      A: { Type: "Pass", Next: "B" },
      B: { Type: "Pass", Next: "C" },
      C: { Type: "Pass", End: true },
    };
    const layout = { positions: { C: { x: 420, y: 60 } } };
    const small = place({ StartAt: "A", States: states }, layout);
    const choice = {
      Type: "Choice",
      Choices: ["B", "X", "Y"].map((Next, at) => ({ Condition: `{% $x = ${at} %}`, Next })),
    };
    const others = { X: { Type: "Wait", Seconds: 1, Next: "C" }, Y: { Type: "Pass", Next: "C" } };
    const large = place({ StartAt: "A", States: { ...states, A: choice, ...others } }, layout);
    for (const graph of [small, large]) {
      const [start, moved] = [graph.rects.get("/Start"), graph.rects.get("C")];
      const anchor = (start?.x ?? 0) + (start?.width ?? 0) / 2;
      expect([(moved?.x ?? 0) - anchor, (moved?.y ?? 0) - (start?.y ?? 0)]).toEqual([420, 60]);
    }
    expect(faults(large)).toEqual([]);
  });

  it("runs to the right as well: each state right of the one before, a branch below the other", () => {
    const lane = (name: string) => ({ StartAt: name, States: { [name]: { Type: "Pass", End: true } } });
    const definition = {
      StartAt: "A",
      States: {
        A: { Type: "Pass", Next: "P" },
        P: { Type: "Parallel", Branches: [lane("L"), lane("R")], Next: "Z" },
        Z: { Type: "Succeed" },
      },
    };
    const graph = place(definition, { direction: "right" });
    const [a, p, z, l, r] = ["A", "P", "Z", "L", "R"].map((id) => graph.rects.get(id));
    expect(p?.x ?? 0).toBeGreaterThan((a?.x ?? 0) + 224);
    expect(z?.x ?? 0).toBeGreaterThan((p?.x ?? 0) + (p?.width ?? 0));
    expect(l?.x).toBe(r?.x);
    expect((r?.y ?? 0) - (l?.y ?? 0)).toBe(68 + 16);
    expect(faults(graph)).toEqual([]);
  });

  it("makes a card of a folded box and gives what is inside no place", () => {
    const inner = {
      StartAt: "I",
      States: { I: { Type: "Pass", Next: "J" }, J: { Type: "Pass", End: true } },
    };
    const definition = {
      StartAt: "M",
      States: { M: { Type: "Map", ItemProcessor: inner, End: true } },
    };
    const graph = place(definition, { folded: ["M", "not there"] });
    expect(graph.rects.get("M")).toMatchObject({ width: 224, height: 68 });
    expect(graph.rects.has("I")).toBe(false);
    expect(heldIn(graph, "M")).toEqual(["I", "J"]);
    expect(shownFor(graph, "J")).toBe("M");
    expect(faults(graph)).toEqual([]);
  });

  it("has room for notes wherever they are put", () => {
    const note = { id: "n", x: -600, y: -80, width: 200, height: 90, text: "", tone: "plain" as const };
    const graph = place({ StartAt: "A", States: { A: { Type: "Pass", End: true } } }, { notes: [note] });
    expect(graph.notes[0]).toMatchObject({ x: 0, y: 0 });
    expect(graph.rects.get("/Start")?.y).toBe(80);
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

const wild = resolve(process.env["CUELIGHT_CONFORMANCE"] ?? "../../shared/conformance", "wild");

describe.runIf(existsSync(wild))("definitions found in the wild", () => {
  const files = existsSync(wild) ? readdirSync(wild).filter((name) => name.endsWith(".json")) : [];
  const read = (name: string) =>
    (JSON.parse(readFileSync(join(wild, name), "utf8")) as { definition: object }).definition;

  it.each(files)("%s is placed without a fault, down and to the right, open and folded", (name) => {
    const definition = read(name);
    const graph = place(definition);
    expect(graph.nodes.size).toBeGreaterThan(2);
    expect(faults(graph)).toEqual([]);
    expect(faults(place(definition, { direction: "right" }))).toEqual([]);
    const boxes = [...graph.nodes.values()].filter((node) => node.inner.length > 0).map(({ id }) => id);
    if (boxes.length) expect(faults(place(definition, { folded: boxes }))).toEqual([]);
  });

  it.each(files)("%s keeps the order of its keys from text to canvas to text", (name) => {
    const text = JSON.stringify(read(name), null, 2);
    const document = openDocument(text);
    const states = [...deriveGraph(document.definition).nodes.values()].filter((node) => node.state);
    const edited = states.reduce(
      (before, node) => withEdits(before, [{ op: "set", path: [...node.path, "Comment"], value: "seen" }]),
      document,
    );
    const order = (key: string, value: unknown) => (key === "Comment" ? undefined : value);
    expect(JSON.stringify(JSON.parse(edited.text), order)).toBe(JSON.stringify(JSON.parse(text), order));
    expect(edited.problem).toBeNull();
  });
});
