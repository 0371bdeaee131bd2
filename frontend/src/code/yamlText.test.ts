import { expect, it } from "vitest";

import { pathAtOffset, rangeAt, readYaml, yamlOf } from "@/code/yamlText.ts";

const definition = {
  StartAt: "A",
  States: {
    A: { Type: "Choice", Choices: [{ Condition: "{% $x > 3 %}", Next: "B" }], Default: "B" },
    B: { Type: "Pass", Result: { a: [1, null, true, "yes", "1"] }, End: true },
  },
};

it("YAML says the same as JSON, there and back, in the same order", () => {
  const read = readYaml(yamlOf(definition));
  expect(read).toEqual({ ok: true, definition });
  expect(read.ok && Object.keys(read.definition)).toEqual(["StartAt", "States"]);
});

it("what cannot be read says where and why", () => {
  const read = readYaml("StartAt: A\nStates:\n  A: [1, 2\n");
  expect(read.ok).toBe(false);
  if (!read.ok) {
    expect(read.problem.line).toBeGreaterThan(2);
    expect(read.problem.reason).not.toBe("");
  }
  expect(readYaml("- a").ok).toBe(false);
  expect(readYaml("").ok).toBe(false);
});

it("a bomb of aliases is refused", () => {
  const lines = ["a: &a [1,1,1,1,1,1,1,1,1]"];
  for (let at = 1; at < 9; at++)
    lines.push(
      `${"abcdefghij"[at]}: &${"abcdefghij"[at]} [${Array(9)
        .fill(`*${"abcdefghij"[at - 1]}`)
        .join(",")}]`,
    );
  expect(readYaml(lines.join("\n")).ok).toBe(false);
});

it("finds the value of a path, and the path of a place", () => {
  const text = yamlOf(definition);
  const range = rangeAt(text, ["States", "B", "Type"]);
  expect(range && text.slice(...range)).toBe("Pass");
  expect(pathAtOffset(text, text.indexOf("Pass") + 1)).toEqual(["States", "B", "Type"]);
  expect(pathAtOffset(text, text.indexOf("$x > 3"))).toEqual(["States", "A", "Choices", 0, "Condition"]);
});
