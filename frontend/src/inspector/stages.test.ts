import { expect, it } from "vitest";

import type { Tested } from "@/api/trying.ts";
import { isSame, stagesOf } from "@/inspector/stages.ts";

const tested = (inspection: Record<string, unknown>, output: unknown): Tested => ({
  status: "SUCCEEDED",
  output,
  error: null,
  cause: null,
  next_state: null,
  inspection,
});

it("puts the stages of JSONPath in order, each with the value before it and the field that made it", () => {
  const state = { Type: "Task", InputPath: "$.a", ResultPath: "$.r", End: true };
  const stages = stagesOf(
    state,
    "JSONPath",
    tested(
      { after_result_path: { a: 1, r: 2 }, result: 2, after_input_path: 1, input: { a: 1 } },
      { a: 1, r: 2 },
    ),
  );
  expect(stages.map(({ title, made, before }) => [title, made, before])).toEqual([
    ["Input", undefined, undefined],
    ["After InputPath", "$.a", { a: 1 }],
    ["Result", undefined, 1],
    ["After ResultPath", "$.r", 2],
    ["Output", undefined, { a: 1, r: 2 }],
  ]);
  expect(stages.filter(isSame).map(({ title }) => title)).toEqual(["Output"]);
});

it("knows arguments and output of JSONata, and only the output where no stage was told", () => {
  const state = { Type: "Task", Arguments: { n: "{% 1 %}" }, Output: "{% 2 %}" };
  const stages = stagesOf(state, "JSONata", tested({ input: {}, after_arguments: { n: 1 } }, 2));
  expect(stages.map(({ title, field }) => [title, field])).toEqual([
    ["Input", null],
    ["Arguments", "Arguments"],
    ["Output", "Output"],
  ]);
  expect(stagesOf(state, "JSONata", { ...tested({}, 2), inspection: null }).map(({ key }) => key)).toEqual([
    "output",
  ]);
});
