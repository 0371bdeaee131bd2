import { expect, it } from "vitest";
import { pretty, tokens } from "./json.ts";

it("tells keys, strings, numbers and words apart", () => {
  expect(tokens('{"a": "b", "n": -1.5e3, "t": true}')).toEqual([
    ["plain", "{"],
    ["key", '"a"'],
    ["plain", ":"],
    ["plain", " "],
    ["string", '"b"'],
    ["plain", ", "],
    ["key", '"n"'],
    ["plain", ":"],
    ["plain", " "],
    ["number", "-1.5e3"],
    ["plain", ", "],
    ["key", '"t"'],
    ["plain", ":"],
    ["plain", " "],
    ["keyword", "true"],
    ["plain", "}"],
  ]);
});

it("takes the digit of a word for no number", () => {
  expect(tokens("boto3 = 3")).toEqual([
    ["plain", "boto3 = "],
    ["number", "3"],
  ]);
});

it("loses no character, even of text that is not JSON", () => {
  for (const text of ['{"a": [1, 2', 'say "hi\\" there', "", "null true 0x1f"]) {
    const joined = tokens(text).map(([, piece]) => piece);
    expect(joined.join("")).toBe(text);
  }
});

it("indents values and JSON text, and leaves other text alone", () => {
  expect(pretty({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty("{broken")).toBe("{broken");
  expect(pretty(undefined)).toBe("");
});
