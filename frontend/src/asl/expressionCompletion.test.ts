import { describe, expect, it } from "vitest";

import { suggestionsAt, type Seen } from "@/asl/expressionCompletion.ts";

const sample: Seen = {
  input: { video: "a.mp4", titles: [{ text: "One", score: 3 }] },
  result: { Text: "hello" },
  variables: { job: { id: 7 } },
  context: { Execution: { Name: "run 1" } },
};
const labels = (text: string, language: "JSONata" | "JSONPath" = "JSONata", caret = text.length) =>
  suggestionsAt(text, caret, language, sample, ["later"])?.items.map(({ label }) => label) ?? null;

describe("completing an expression", () => {
  it("offers what $states holds, and the fields that the last run had", () => {
    expect(labels("$states.")).toEqual(["input", "result", "context", "errorOutput"]);
    expect(labels("$states.input.")).toEqual(["video", "titles"]);
    expect(labels("'x' & $states.input.vi")).toEqual(["video"]);
    expect(labels("$states.result.")).toEqual(["Text"]);
    expect(labels("$states.context.Execution.")).toEqual(["Name"]);
  });

  it("reads through a list to the fields of its items", () => {
    expect(labels("$states.input.titles.")).toEqual(["text", "score"]);
    expect(labels("$states.input.titles[0].te")).toEqual(["text"]);
  });

  it("offers variables of the last run and of the draft before functions", () => {
    expect(labels("$")?.slice(0, 3)).toEqual(["$states", "$job", "$later"]);
    expect(labels("$job.")).toEqual(["id"]);
    expect(labels("$uppe")).toEqual(["$uppercase"]);
  });

  it("shows the value that a field had", () => {
    expect(suggestionsAt("$states.input.v", 15, "JSONata", sample, [])?.items[0]?.detail).toBe('"a.mp4"');
  });

  it("puts the caret between the brackets of a function", () => {
    const found = suggestionsAt("$sum", 3, "JSONata", sample, [])?.items.find(
      ({ label }) => label === "$sum",
    );
    expect([found?.apply, found?.back]).toEqual(["$sum()", 1]);
  });

  it("offers paths, context, variables and intrinsics in JSONPath", () => {
    expect(labels("$.", "JSONPath")).toEqual(["video", "titles"]);
    expect(labels("$$.Execution.", "JSONPath")).toEqual(["Name"]);
    expect(labels("$job.", "JSONPath")).toEqual(["id"]);
    expect(labels("States.Form", "JSONPath")).toEqual(["Format"]);
    expect(labels("", "JSONPath")).toEqual(["$.", "$$.", "$job", "$later", "States."]);
  });

  it("offers nothing inside a word that is no expression", () => {
    expect(labels("'hello")).toBeNull();
    expect(labels("$states.input.video", "JSONata")).toBeNull();
  });

  it("knows nothing of fields before the first run, but the variables of the draft", () => {
    expect(suggestionsAt("$states.input.", 14, "JSONata", null, ["later"])).toBeNull();
    expect(suggestionsAt("$la", 3, "JSONata", null, ["later"])?.items[0]?.label).toBe("$later");
  });
});
