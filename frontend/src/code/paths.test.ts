import { expect, it } from "vitest";

import { pathAt, placesIn } from "@/code/notation.ts";
import { markedSource, sourceOf } from "@/code/testing.ts";

const JSON_TEXT = `{"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": ["a", "b"]}, {"x": 1}]}, "B": {}}}`;
const YAML_TEXT = `States:
  A:
    Type: 'Task'
    Retry:
      - ErrorEquals: [a, b]
      - x: 1
  B: {}
`;

it.each([
  ["json", '"Ta|sk"', '"Task"', ["States", "A", "Type"]],
  ["yaml", "'Task'|", "'Task'", ["States", "A", "Type"]],
  ["yaml", "Ty|pe", "Type", ["States", "A", "Type"]],
  ["json", '"x|": 1', '"x": 1', ["States", "A", "Retry", 1, "x"]],
  ["yaml", "x|: 1", "x: 1", ["States", "A", "Retry", 1, "x"]],
  ["yaml", "[a, b]|", "[a, b]", ["States", "A", "Retry", 0, "ErrorEquals"]],
] as const)("%s knows what the caret is in at %s", (name, marked, plain, path) => {
  const text = (name === "json" ? JSON_TEXT : YAML_TEXT).replace(plain.replace("|", ""), marked);
  const { source, offset } = markedSource(name === "json" ? text.replace('""', '"') : text, name);
  expect(pathAt(source, offset)).toEqual(path);
});

it.each([
  ["json", JSON_TEXT],
  ["yaml", YAML_TEXT],
] as const)("%s finds where something stands", (name, text) => {
  const find = placesIn(sourceOf(text, name));
  const words = (path: (string | number)[]) => {
    const range = find(path);
    return range && text.slice(range.from, range.to);
  };
  expect(words(["States", "A", "Type"])).toMatch(/^"?Type"?: ["']Task["']$/);
  expect(words(["States", "A", "Retry", 1, "x"])).toMatch(/^"?x"?: 1$/);
  expect(words(["States", "A", "Retry", "0", "ErrorEquals", "1"])).toMatch(/^"?b"?$/);
  expect(words(["States", "Z"])).toBeNull();
});
