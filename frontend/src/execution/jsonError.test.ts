import { expect, test } from "vitest";
import { jsonError } from "./jsonError.ts";

test("JSON of any kind is accepted", () => {
  for (const text of ["{}", "[1]", '"a"', "null", "3"]) expect(jsonError(text)).toBeNull();
});

test("what is wrong is named with line and column", () => {
  expect(jsonError('{\n  "a": 1,\n  b: 2\n}')).toMatch(/^Line 3, column 3: /);
});

test("an end that comes too early has a place too", () => {
  expect(jsonError("{\n")).toMatch(/^Line 2, column 1: /);
});

test("nothing at all asks for a value", () => {
  expect(jsonError("  ")).toBe("Write a JSON value, such as {}.");
});
