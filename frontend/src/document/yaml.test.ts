import { expect, it } from "vitest";

import { readYaml, yamlOf } from "@/document/yaml.ts";
import { openDocument, withEdits, withText, withYaml, yamlText } from "@/document/document.ts";

const definition = {
  StartAt: "A",
  States: {
    A: { Type: "Choice", Choices: [{ Condition: "{% $x > 3 %}", Next: "B" }], Default: "B" },
    B: { Type: "Pass", Result: { a: [1, null, true, "yes", "1"] }, End: true },
  },
};

it("YAML says the same as JSON, there and back, in the same order", () => {
  const read = readYaml(yamlOf(definition));
  expect(read).toEqual({ ok: true, definition, comments: {} });
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

const COMMENTED = `# What this is for.
# Ask Lena.

# Where it begins
StartAt: A # the first
States: # all of them
  # first state
  A:
    # its type
    Type: Task # does work

    Retry: # again
      # one
      - ErrorEquals: # which
          - a
          - b # the second
        # end of one
      # two
      - BackoffRate: 2
    Output: |- # as it is
      {% 1
      # no comment %}
    Next: B
    # end of A

  # about B
  B:
    Type: Pass
    Comment: "# no comment either"
    End: true
# the end
`;

it("comments stand where they stood after there and back", () => {
  const read = readYaml(COMMENTED);
  if (!read.ok) throw new Error(read.problem.reason);
  expect(yamlOf(read.definition, read.comments)).toBe(COMMENTED);
  expect(read.comments["/States/B"]).toEqual({ before: ["", " about B"] });
  expect(read.comments["/States/A"]).toEqual({ before: [" first state"], end: [" end of A"] });
  expect(read.comments["/States/A/Retry/1"]).toEqual({ before: [" two"] });
  expect(read.comments[""]).toEqual({ before: [" What this is for.", " Ask Lena.", ""], end: [" the end"] });
});

it.each([
  ["indented too far", "A: 1\n    # far\nB: 2\n"],
  ["behind a dash", "A:\n  - # dash\n    b: 1\n"],
  ["in brackets", "A: [1, # one\n  2] # two\nB: {a: 1, # three\n  b: 2}\n"],
  ["below a block of text", "A: |\n  text\n# after\nB: 1\n"],
  ["in an empty list", "A: [\n  # empty\n  ]\n"],
  ["behind a long text", `A: >-\n  ${"word ".repeat(60)}\nB: ${"word ".repeat(60)}# long\n`],
  ["before a document's sign", "# top\n---\nA: 1\n"],
  ["with Windows lines", "A: 1 # one\r\n# two\r\nB: 2\r\n"],
  ["with a quoted name", "\"a b/c~d\": 1 # one\n'e': 2 # two\n"],
])("no comment is lost %s", (_, text) => {
  const read = readYaml(text);
  if (!read.ok) throw new Error(read.problem.reason);
  const again = yamlOf(read.definition, read.comments);
  for (const [word] of text.matchAll(/(?<=# ?)\w+/g)) expect(again).toMatch(new RegExp(`#.* ${word}`));
  const reread = readYaml(again);
  expect(reread.ok && reread.definition).toEqual(read.definition);
  expect(reread.ok && yamlOf(reread.definition, reread.comments)).toBe(again);
});

it("typed YAML stays as it was typed until the definition is changed elsewhere, which keeps the comments", () => {
  const typed = withYaml(openDocument("{}"), COMMENTED);
  expect(yamlText(typed)).toBe(COMMENTED);
  const loose = withYaml(typed, COMMENTED.replace("Type: Pass", "Type:   'Pass'"));
  expect(yamlText(loose)).toContain("Type:   'Pass'");
  expect(loose.definition).toBe(typed.definition);
  const renamed = withEdits(loose, [{ op: "rename", path: ["States", "B"], key: "Done" }]);
  expect(yamlText(renamed)).toBe(COMMENTED.replace("  B:", "  Done:"));
});

it("YAML that cannot be read keeps the last definition, its text and its comments", () => {
  const typed = withYaml(openDocument("{}"), COMMENTED);
  const broken = withYaml(typed, `${COMMENTED}X: [`);
  expect(broken.problem).not.toBeNull();
  expect(broken.definition).toBe(typed.definition);
  expect(broken.layout).toBe(typed.layout);
  expect(yamlText(broken)).toBe(`${COMMENTED}X: [`);
  expect(withEdits(broken, [{ op: "remove", path: ["StartAt"] }])).toBe(broken);
  expect(withYaml(broken, COMMENTED).problem).toBeNull();
});

it("YAML changes no more of the JSON than what it says otherwise", () => {
  const text = '{"StartAt": "A",\n "States": {"A": {"Type": "Wait", "Seconds": 1.50,   "End": true}}}';
  const document = openDocument(text);
  const longer = withYaml(document, yamlText(document).replace("Type: Wait", "Type: Wait\n    Comment: c"));
  expect(longer.text).toBe(text.replace('"Wait",', '"Wait", "Comment": "c",'));
  expect(withYaml(longer, yamlText(document)).text).toBe(text);
});

it("comments survive typing in the JSON", () => {
  const typed = withYaml(openDocument("{}"), COMMENTED);
  const type = (from: string, to: string) => yamlText(withText(typed, typed.text.replace(from, to)));
  expect(type('"BackoffRate": 2', '"BackoffRate": 3')).toBe(COMMENTED.replace("Rate: 2", "Rate: 3"));
  expect(type('"B": {', '"Bee": {')).toBe(COMMENTED.replace("  B:", "  Bee:"));
  expect(type('["a", "b"]', '["z", "a", "b"]')).toContain("- b # the second");
  expect(type('["a", "b"]', '["a"]')).not.toContain("the second");
});
