import { expect, it } from "vitest";
import { needs } from "./needs.ts";

const machine = (...states: object[]) =>
  JSON.stringify({ StartAt: "0", States: Object.fromEntries(states.entries()) });

it("needs nothing where the work is done here", () => {
  const definition = machine(
    { Type: "Task", Resource: "arn:cuelight:states:::model:invoke" },
    {
      Type: "Map",
      ItemProcessor: { States: { a: { Type: "Task", Resource: "arn:cuelight:states:::approval:request" } } },
    },
  );
  expect(needs(definition)).toEqual({
    icons: ["user-check", "sparkles"],
    need: "nothing",
    words: "Runs here, needs nothing",
  });
});

it("tells a call to the demo endpoints from one to elsewhere", () => {
  const call = (ConnectionArn: string) =>
    machine({
      Type: "Task",
      Resource: "arn:aws:states:::http:invoke",
      Arguments: { InvocationConfig: { ConnectionArn } },
    });
  expect(needs(call("arn:cuelight:states:::connection:demo")).words).toBe("Runs here, needs nothing");
  expect(needs(call("embedded-model")).words).toBe("Runs here, needs nothing");
  expect(needs(call("arn:cuelight:states:::connection:shop")).words).toBe("Needs an HTTP connection");
});

it("sees AWS in a branch", () => {
  const definition = machine({
    Type: "Parallel",
    Branches: [{ States: { a: { Type: "Task", Resource: "arn:aws:states:::lambda:invoke" } } }],
  });
  expect(needs(definition).words).toBe("Needs AWS credentials");
});

it("says nothing wrong about text that is no JSON", () => {
  expect(needs("{")).toEqual({ icons: [], need: "nothing", words: "Runs here, needs nothing" });
});
