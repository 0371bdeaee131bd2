import { expect, test } from "vitest";
import { edgeKey } from "@/canvas/overlay.ts";
import { deriveGraph, START } from "@/graph/derive.ts";
import { fold } from "./fold.ts";
import { emptyModel } from "./model.ts";
import { overlayOf } from "./overlay.ts";
import { pictureOf, statusOfNode, type Picks } from "./picture.ts";
import { rowsOf, scaleFor } from "./rows.ts";
import { foldStatuses } from "./statuses.ts";
import { at, machine, Script } from "./testing.ts";

const definition = {
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "x",
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Mend" }],
      Next: "Each",
    },
    Mend: { Type: "Pass", Next: "Each" },
    Each: {
      Type: "Map",
      ItemProcessor: { StartAt: "Item", States: { Item: { Type: "Pass", End: true } } },
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};
const graph = deriveGraph(definition);
const none: Picks = new Map();

function looked(script: Script, picks: Picks = none) {
  const model = fold(emptyModel(), script.entries);
  return { model, picture: pictureOf(model, graph, picks) };
}

function edgeLook(script: Script, from: string, to: string) {
  const { picture } = looked(script);
  const edge = [...graph.scopes.values()]
    .flatMap((scope) => scope.edges)
    .find((one) => one.from === from && one.to === to);
  return picture.edges.get(edge?.id ?? "");
}

function mapped(): Script {
  const script = new Script().start().enter("Task", at("Ask")).attempt(at("Ask")).exit("Task", at("Ask"));
  script.enter("Map", at("Each")).event("MapStateStarted", at("Each"), { length: 5 });
  for (const index of [0, 1, 2]) {
    const item = at("Item", index + 1, [["Each", index]]);
    script
      .event("MapIterationStarted", item, { name: "Each", index })
      .after(1)
      .enter("Pass", item, { index });
    if (index === 0) script.exit("Pass", item);
    if (index === 0) script.event("MapIterationSucceeded", item, { name: "Each", index });
    if (index === 1) script.event("MapIterationFailed", item, { name: "Each", index });
  }
  return script;
}

test("an edge runs while the state it leads to works, and is taken afterwards", () => {
  const script = new Script().start().enter("Task", at("Ask"));
  expect(edgeLook(script, START, "Ask")).toBe("running");
  script.attempt(at("Ask")).fail(at("Ask"), "E").exit("Task", at("Ask")).enter("Pass", at("Mend"));
  expect(edgeLook(script, START, "Ask")).toBe("taken");
  expect(edgeLook(script, "Ask", "Mend")).toBe("caught");
  expect(edgeLook(script, "Ask", "Each")).toBe("not-taken");
  expect(edgeLook(script, "Mend", "Each")).toBeUndefined();
});

test("every state is counted once, under the status it is shown with", () => {
  const { picture } = looked(mapped());
  expect(picture.counts).toMatchObject({ succeeded: 1, running: 2, "not-started": 2 });
});

test("a Map shows the iteration that runs, unless another one was chosen", () => {
  const { picture } = looked(mapped());
  expect(picture.items.get("Each")).toMatchObject({
    index: 2,
    total: 5,
    counts: { succeeded: 1, running: 1, failed: 1, queued: 2 },
  });
  expect(picture.visits.get("Item")?.input).toBe('{"index":2}');
  const chosen = looked(mapped(), new Map([["Each", 0]])).picture;
  expect(chosen.visits.get("Item")).toMatchObject({ input: '{"index":0}', status: "succeeded" });
  expect(looked(mapped(), new Map([["Each", 4]])).picture.visits.get("Item")).toBeUndefined();
});

test("the start is lit once the execution has begun", () => {
  const { picture, model } = looked(new Script().start());
  expect(statusOfNode(picture, model, START)).toBe("succeeded");
});

test("the way to the end is taken, as the canvas knows it, once the last state has succeeded", () => {
  const short = deriveGraph({ StartAt: "Only", States: { Only: { Type: "Pass", End: true } } });
  const script = new Script().start().enter("Pass", at("Only")).exit("Pass", at("Only"));
  const model = fold(emptyModel(), script.entries);
  const overlay = overlayOf(model, short, pictureOf(model, short, none), 0, () => null);
  expect(overlay.edges.get(edgeKey("Only", null, "next"))).toBe("taken");
});

test("the rows stand in the order in which states were entered, with the chosen iteration's states below it", () => {
  const { model, picture } = looked(mapped());
  const rows = rowsOf(model, graph, picture, new Set());
  expect(rows.map((row) => `${"-".repeat(row.depth)}${row.label}`)).toEqual([
    "Ask",
    "Each",
    "-#0",
    "-#1",
    "-#2",
    "--Item",
    "Mend",
    "Done",
  ]);
  expect(rowsOf(model, graph, picture, new Set(["Each"]))).toHaveLength(4);
});

test("a state that was tried again has a bar for each attempt and a gap between them", () => {
  const script = new Script().start().enter("Task", at("Ask")).attempt(at("Ask")).after(2);
  script
    .fail(at("Ask"), "E")
    .retry(at("Ask"), 2, 3, 4)
    .after(4)
    .attempt(at("Ask"))
    .after(1)
    .fail(at("Ask"), "E");
  script.exit("Task", at("Ask"));
  const { model, picture } = looked(script);
  const bars = rowsOf(model, graph, picture, new Set())[0]?.bars ?? [];
  expect(bars.map((bar) => bar.look)).toEqual(["failed", "back-off", "caught"]);
  expect(bars.map((bar) => (bar.until ?? 0) - bar.from)).toEqual([2000, 4000, 1000]);
});

test("a back-off that was cut short ends with its state, and its failed attempts stay red", () => {
  const script = new Script().start().enter("Task", at("Ask")).attempt(at("Ask")).after(2);
  script.fail(at("Ask"), "E").retry(at("Ask"), 2, 3, 600).after(5);
  script.note("StateSkipped", at("Ask"), { by: "maya" }).exit("Task", at("Ask"));
  const { model, picture } = looked(script);
  const bars = rowsOf(model, graph, picture, new Set())[0]?.bars ?? [];
  expect(bars.map((bar) => bar.look)).toEqual(["failed", "back-off"]);
  expect((bars[1]?.until ?? 0) - (bars[1]?.from ?? 0)).toBe(5000);
});

test("the timeline's scale grows in leaps", () => {
  expect(scaleFor(28_400)).toEqual({ step: 10_000, end: 36_000 });
  expect(scaleFor(35_900)).toEqual({ step: 10_000, end: 36_000 });
  expect(scaleFor(36_100)).toEqual({ step: 20_000, end: 72_000 });
  expect(scaleFor(74_000)).toEqual({ step: 60_000, end: 216_000 });
  expect(scaleFor(9 * 86_400_000).end).toBeGreaterThanOrEqual(9 * 86_400_000);
});

test("a thumbnail gets the status of each state from the definition's text", () => {
  const script = mapped().event("ExecutionAborted", machine);
  const found = foldStatuses(JSON.stringify(definition), script.entries);
  expect(Object.fromEntries(found)).toEqual({
    Ask: "succeeded",
    Mend: "not-started",
    Each: "aborted",
    Item: "failed",
    Done: "not-started",
  });
  expect(foldStatuses("{", script.entries).size).toBe(0);
});
