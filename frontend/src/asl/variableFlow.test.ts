import { expect, it } from "vitest";
import { visibleAt } from "@/asl/variableFlow.ts";
import { assignedIn } from "@/asl/variables.ts";

const DEFINITION = {
  StartAt: "First",
  States: {
    First: { Type: "Pass", Assign: { "job.$": "$.x", tries: 0 }, Next: "Decide" },
    Decide: {
      Type: "Choice",
      Choices: [{ Variable: "$.n", IsPresent: true, Assign: { size: "large" }, Next: "Each" }],
      Assign: { size: "none" },
      Default: "Last",
    },
    Each: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "In",
        States: { In: { Type: "Pass", Assign: { inner: 1 }, Next: "Out" }, Out: { Type: "Pass", End: true } },
      },
      Catch: [{ ErrorEquals: ["States.ALL"], Assign: { reason: "x" }, Next: "Last" }],
      Assign: { done: true },
      Next: "Again",
    },
    Again: { Type: "Pass", Assign: { tries: 1 }, Next: "First" },
    Last: { Type: "Pass", End: true },
    Apart: { Type: "Pass", Assign: { never: 1 }, End: true },
  },
};
const seen = (...path: string[]) =>
  Object.fromEntries(visibleAt(DEFINITION, path).map(({ name, from }) => [name, [...from].sort()]));

it("shows what is set on some way to a state, and by which states", () => {
  expect(seen("States", "Last")).toEqual({
    done: ["Each"],
    job: ["First"],
    reason: ["Each"],
    size: ["Decide"],
    tries: ["Again", "First"],
  });
});

it("shows a state in a box what is set before the box, and nothing outside what is set within", () => {
  expect(Object.keys(seen("States", "Each", "ItemProcessor", "States", "Out")).sort()).toEqual(
    ["done", "inner", "job", "size", "tries"].sort(),
  );
  expect(seen("States", "Again")).not.toHaveProperty("inner");
  expect(seen("States", "Last")).not.toHaveProperty("never");
  expect(assignedIn(DEFINITION)).toEqual(["done", "inner", "job", "never", "reason", "size", "tries"]);
});
