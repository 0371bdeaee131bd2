import { expect, it } from "vitest";

import { calledBy, callPatternOf } from "@/asl/callPattern.ts";

it.each([
  ["arn:aws:states:::lambda:invoke", "arn:aws:states:::lambda:invoke", ""],
  ["arn:aws:states:::lambda:invoke.waitForTaskToken", "arn:aws:states:::lambda:invoke", ".waitForTaskToken"],
  ["arn:aws:states:::glue:startJobRun.sync", "arn:aws:states:::glue:startJobRun", ".sync"],
  ["arn:aws:states:::states:startExecution.sync:2", "arn:aws:states:::states:startExecution", ".sync:2"],
])("tells of %s what is called and how the state waits", (resource, called, pattern) => {
  expect(calledBy(resource)).toBe(called);
  expect(callPatternOf(resource)).toBe(pattern);
});
