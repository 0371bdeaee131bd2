import { expect, it } from "vitest";
import { readImport } from "./importText.ts";

const machine = { Comment: "Says hello", StartAt: "A", States: { A: { Type: "Pass", End: true } } };

it("keeps JSON as it was typed", () => {
  const text = '{"StartAt":"A",  "States":{"A":{"Type":"Pass","End":true}}}';
  expect(readImport(text)).toEqual({
    ok: true,
    imported: { definition: text, comment: "", comments: {}, states: 1 },
  });
});

it("reads YAML and the answer of DescribeStateMachine", () => {
  const yaml = "Comment: Says hello\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n";
  const wrapped = JSON.stringify({ name: "hello", definition: JSON.stringify(machine) });
  for (const text of [yaml, wrapped]) {
    const result = readImport(text);
    if (!result.ok) throw new Error(result.reason);
    expect(JSON.parse(result.imported.definition)).toEqual(machine);
    expect(result.imported.comment).toBe("Says hello");
  }
});

it("keeps the comments of YAML beside the definition", () => {
  const result = readImport("# who\nStartAt: A\nStates:\n  A: # why\n    Type: Succeed\n");
  expect(result.ok && result.imported.comments).toEqual({
    "/StartAt": { before: [" who"] },
    "/States/A": { behind: " why" },
  });
});

it("says why it refuses", () => {
  const reason = (text: string) => {
    const result = readImport(text);
    return result.ok ? "" : result.reason;
  };
  expect(reason("  ")).toContain("Choose a file");
  expect(reason('{"StartAt": ')).toContain("no valid JSON");
  expect(reason("a: [b")).toContain("no valid YAML");
  expect(reason('{"a": 1}')).toContain('"StartAt" and "States"');
  expect(reason("just words")).toContain('"StartAt" and "States"');
});
