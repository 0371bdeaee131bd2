import { expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { openDocument } from "@/document/document.ts";
import { fixFor } from "./fixes.ts";

const TASK = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", End: true };
const machine = (states: JsonObject): JsonObject => ({ StartAt: "A", States: states });

function mend(definition: JsonObject, message: string, location: string): [string, JsonObject] | null {
  const fix = fixFor({ severity: "ERROR", code: "", message, location }, definition);
  return fix && [fix.label, fix.apply(openDocument(JSON.stringify(definition))).definition];
}

it.each([".sync", ".sync:2", ".waitForTaskToken"])("a call with %s goes on with the answer", (suffix) => {
  const bare = "arn:aws:states:::states:startExecution";
  const said = `An express state machine does not support ${suffix.replace(":2", "")}`;
  expect(mend(machine({ A: { ...TASK, Resource: `${bare}${suffix}` } }), said, "/States/A/Resource")).toEqual(
    ["Go on with the answer", machine({ A: { ...TASK, Resource: bare } })],
  );
});

it("what waits in the items of a distributed Map keeps waiting, in Standard executions", () => {
  const items = (type: string): JsonObject => ({
    Type: "Map",
    ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: type }, ...machine({ A: TASK }) },
    End: true,
  });
  const mended = ["Run items as Standard", machine({ A: items("STANDARD") })];
  const place = "/States/A/ItemProcessor/States/A/Resource";
  for (const said of [
    "An express state machine does not support .waitForTaskToken",
    "An express state machine cannot wait for an activity",
    "An Express execution ends after 5 minutes, and its question with it: let each item run as a Standard execution",
  ])
    expect(mend(machine({ A: items("EXPRESS") }), said, place)).toEqual(mended);
});

it("an activity, or a question to people, in an Express workflow has no other way", () => {
  const activity = machine({ A: { ...TASK, Resource: "arn:aws:states:us-east-1:1:activity:dig" } });
  const said = "An express state machine cannot wait for an activity";
  expect(mend(activity, said, "/States/A/Resource")).toBeNull();
  const people =
    "An Express execution ends after 5 minutes, and its question with it: ask people in a Standard workflow";
  expect(mend(machine({ A: TASK }), people, "/States/A/Resource")).toBeNull();
});

it("a distributed Map becomes inline, and the button says what goes", () => {
  const inner = machine({ In: { Type: "Pass", End: true } });
  const map: JsonObject = { Type: "Map", ItemReader: {}, Label: "x", End: true };
  const distributed = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" }, ...inner };
  const said = "On AWS an express state machine has no distributed Map";
  const place = "/States/A/ItemProcessor/ProcessorConfig/Mode";
  expect(mend(machine({ A: { ...map, ItemProcessor: distributed } }), said, place)).toEqual([
    "Make it inline, without the item reader and the label",
    machine({
      A: { Type: "Map", End: true, ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...inner } },
    }),
  ]);
});
