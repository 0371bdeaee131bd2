import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { deriveGraph, END, START, type Graph } from "@/graph/derive.ts";

const ways = (graph: Graph, scope = "") =>
  (graph.scopes.get(scope)?.edges ?? []).map(
    ({ from, to, kind, label }) => `${from} > ${to ?? "-"} ${kind}${label === null ? "" : `: ${label}`}`,
  );
const machine = (states: JsonObject, start = Object.keys(states)[0] ?? ""): JsonObject => ({
  StartAt: start,
  States: states,
});

describe("the graph of a definition", () => {
  it("leads from the start to the first state and from the last to the end", () => {
    const graph = deriveGraph(machine({ A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", End: true } }));
    expect([...graph.nodes.keys()]).toEqual([START, "A", "B", END]);
    expect(ways(graph)).toEqual([`${START} > A start`, "A > B next", `B > ${END} end`]);
  });

  it("has no end of its own where Succeed and Fail end it", () => {
    const graph = deriveGraph(machine({ A: { Type: "Pass", Next: "S" }, S: { Type: "Succeed" } }));
    expect(graph.nodes.has(END)).toBe(false);
    expect(graph.nodes.get("S")?.kind).toBe("pill");
  });

  it("says on an edge which rule leads there, and keeps the rule itself", () => {
    const graph = deriveGraph(
      machine({
        C: { Type: "Choice", Choices: [{ Condition: "{% $x = 1 %}", Next: "A" }], Default: "B" },
        A: { Type: "Succeed" },
        B: { Type: "Succeed" },
      }),
    );
    expect(ways(graph).slice(1)).toEqual(["C > A choice: x is 1", "C > B otherwise: otherwise"]);
    expect(graph.scopes.get("")?.edges[1]?.title).toBe("{% $x = 1 %}");
  });

  it("joins the rules that lead to one state in one edge that knows all its fields", () => {
    const rule = (value: number) => ({ Variable: "$.a.long.name", NumericEquals: value, Next: "A" });
    const graph = deriveGraph(
      machine({
        C: { Type: "Choice", Choices: [rule(11111111), rule(22222222), rule(33333333)] },
        A: { Type: "Succeed" },
      }),
    );
    expect(ways(graph).slice(1)).toEqual(["C > A choice: 3 rules"]);
    expect(graph.scopes.get("")?.edges[1]?.fields).toEqual([
      ["Choices", 0, "Next"],
      ["Choices", 1, "Next"],
      ["Choices", 2, "Next"],
    ]);
  });

  it("keeps a Catch apart from the way on to the same state", () => {
    const graph = deriveGraph(
      machine({
        T: {
          Type: "Task",
          Resource: "r",
          Next: "S",
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "S" }],
        },
        S: { Type: "Succeed" },
      }),
    );
    expect(ways(graph).slice(1)).toEqual(["T > S next", "T > S catch: any error"]);
  });

  it("leaves out what leads to a state that is not there", () => {
    const graph = deriveGraph(machine({ A: { Type: "Pass", Next: "Nowhere" } }, "Gone"));
    expect(ways(graph)).toEqual([]);
    expect([...graph.nodes.keys()]).toEqual([START, "A"]);
  });

  it("gives each branch a scope of its own, and an empty one a place to drop on", () => {
    const graph = deriveGraph(
      machine({
        P: {
          Type: "Parallel",
          Branches: [machine({ L: { Type: "Pass", End: true } }), { StartAt: "", States: {} }],
          End: true,
        },
      }),
    );
    const inner = graph.nodes.get("P")?.inner ?? [];
    expect(inner).toEqual(["/States/P/Branches/0", "/States/P/Branches/1"]);
    expect(graph.scopes.get(inner[0] ?? "")?.nodes).toEqual(["L"]);
    expect(graph.nodes.get(`${inner[1]}/empty`)?.kind).toBe("empty");
  });

  it("tells states of one name apart by where they are", () => {
    const graph = deriveGraph(
      machine({ A: { Type: "Map", ItemProcessor: machine({ A: { Type: "Succeed" } }), End: true } }),
    );
    expect(graph.nodes.get("A")?.kind).toBe("map");
    expect(graph.nodes.get("/States/A/ItemProcessor/States/A")?.kind).toBe("pill");
  });

  it("takes what is no definition for an empty one", () => {
    for (const odd of [
      {},
      { States: [] },
      { States: { A: 1 } },
      { StartAt: 1, States: { A: { Type: "?" } } },
    ])
      expect(() => deriveGraph(odd as JsonObject)).not.toThrow();
  });

  it("shows a place at the end of each transition whose target is still to be chosen", () => {
    const graph = deriveGraph({
      StartAt: "C",
      States: {
        C: {
          Type: "Choice",
          Choices: [
            { Variable: "$.a", IsPresent: true, Next: "" },
            { Variable: "$.b", IsPresent: true, Next: "Gone" },
          ],
          Default: "",
        },
      },
    });
    const places = [...graph.nodes.values()].filter(({ kind }) => kind === "open");
    expect(places.map(({ id }) => id)).toEqual(["/States/C/Choices/0/Next", "/States/C/Default"]);
    const edges = graph.scopes.get("")?.edges.filter(({ from }) => from === "C") ?? [];
    expect(edges.map(({ kind, label, fields }) => [kind, label, fields])).toEqual([
      ["choice", "a is there", [["Choices", 0, "Next"]]],
      ["otherwise", "otherwise", [["Default"]]],
    ]);
  });
});
