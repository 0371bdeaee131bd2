import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { describe, expect, it } from "vitest";

import { setField } from "@/document/commands/setField.ts";
import { openDocument, withText } from "@/document/document.ts";
import { editJson, formatJson, JsonSyntaxError, parseJson, toValue } from "@/document/json.ts";

function problemOf(text: string): JsonSyntaxError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
  }
  throw new Error("It is valid.");
}

describe("reading JSON", () => {
  it.each([
    ['{"a": 1,}', 1, 8, "comma"],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, "comma"],
    ['{"a": 1, "a": 2}', 1, 10, "twice"],
    ['{"a": "x}', 1, 7, "quotation mark"],
    ["", 1, 1, "text ends"],
    ["{} {}", 1, 4, "ended"],
    ['{"a": 01}', 1, 8, "comma"],
    ['{"a": ${Name}}', 1, 7, 'in quotation marks: "${Name}"'],
  ])("says line, column and reason of %j", (text, line, column, reason) => {
    const problem = problemOf(text);
    expect([problem.line, problem.column]).toEqual([line, column]);
    expect(problem.reason).toContain(reason);
  });

  it("reads what JSON.parse reads", () => {
    const text = '{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "__proto__": {"b": {}}, "": []}';
    expect(JSON.stringify(toValue(parseJson(text)))).toBe(JSON.stringify(JSON.parse(text)));
  });
});

describe("editing JSON text", () => {
  it("puts new fields where they are wanted, in the text's own indentation", () => {
    const text = '{\n\t"a": 1,\n\t"b": {}\n}';
    expect(editJson(text, [{ op: "set", path: ["x"], value: { y: 1 }, after: "a" }])).toBe(
      '{\n\t"a": 1,\n\t"x": {\n\t\t"y": 1\n\t},\n\t"b": {}\n}',
    );
    expect(editJson(text, [{ op: "set", path: ["b", "c"], value: 2 }])).toBe(
      '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 2\n\t}\n}',
    );
  });
  it("removes a field with its comma, first, last and only", () => {
    expect(editJson('{"a": 1, "b": 2}', [{ op: "remove", path: ["a"] }])).toBe('{"b": 2}');
    expect(editJson('{"a": 1, "b": 2}', [{ op: "remove", path: ["b"] }])).toBe('{"a": 1}');
    expect(editJson('{ "a": [1] }', [{ op: "remove", path: ["a", 0] }])).toBe('{ "a": [] }');
  });
  it("formats without touching a token", () => {
    expect(formatJson('{"n":1.50,"s":"\\u0041","e":{},"l":[1,2]}')).toBe(
      '{\n  "n": 1.50,\n  "s": "\\u0041",\n  "e": {},\n  "l": [1, 2]\n}',
    );
  });
});

describe("a document", () => {
  it("keeps the last definition while its text is broken, and what did not change is the same object", () => {
    const before = openDocument('{"StartAt": "A", "States": {"A": {"Type": "Pass"}, "B": {"Type": "Pass"}}}');
    const broken = withText(before, before.text.slice(0, -1));
    expect(broken.problem?.reason).toContain("brace");
    expect(broken.definition).toBe(before.definition);
    const mended = withText(broken, before.text.replace('"B": {"Type": "Pass"}', '"B": {"Type": "Succeed"}'));
    const states = (document: typeof before) => document.definition["States"] as Record<string, unknown>;
    expect(states(mended)["A"]).toBe(states(before)["A"]);
    expect(states(mended)["B"]).not.toBe(states(before)["B"]);
  });
});

const corpus = join(
  process.env["CUELIGHT_CONFORMANCE"] ?? resolve(import.meta.dirname, "../../../../shared/conformance"),
  "wild",
);

describe.runIf(existsSync(corpus))("definitions found in the wild", () => {
  const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith(".json")) : [];
  it.each(files)("%s comes back to the letter when a field is added and removed", (name) => {
    const document = openDocument(readFileSync(join(corpus, name), "utf8"));
    expect(document.problem).toBeNull();
    const added = setField(document, ["X-Added"], { a: [1] });
    expect(added.definition["X-Added"]).toEqual({ a: [1] });
    expect(setField(added, ["X-Added"], undefined).text).toBe(document.text);
    expect(JSON.stringify(toValue(parseJson(formatJson(document.text))))).toBe(
      JSON.stringify(document.definition),
    );
  });
});
