import { expect, it } from "vitest";

import { kindOf, withKind } from "@/inspector/rules.ts";

const one = { Variable: "$.n", NumericGreaterThan: 3, Next: "A" };

it("one test becomes the first of several and keeps where it leads, outside", () => {
  expect(withKind(one, "And")).toEqual({ And: [{ Variable: "$.n", NumericGreaterThan: 3 }], Next: "A" });
  expect(withKind(one, "Not")).toEqual({ Not: { Variable: "$.n", NumericGreaterThan: 3 }, Next: "A" });
});

it("all of becomes any of with the same tests", () => {
  const and = {
    And: [
      { Variable: "$.a", IsNull: true },
      { Variable: "$.b", IsNull: true },
    ],
    Next: "A",
  };
  expect(withKind(and, "Or")).toEqual({ Or: and.And, Next: "A" });
});

it("several become one: the first test, however deep it lies", () => {
  const deep = { Not: { Or: [{ And: [{ Variable: "$.a", IsNull: true }] }] }, Next: "A", Comment: "why" };
  expect(withKind(deep, "one")).toEqual({ Comment: "why", Variable: "$.a", IsNull: true, Next: "A" });
  expect(kindOf(deep)).toBe("Not");
});

it("what cannot be read becomes a test that can be changed", () => {
  expect(withKind({ And: "x", Next: "A" }, "one")).toEqual({ Variable: "$.", IsPresent: true, Next: "A" });
});

it("the opposite of several keeps them, and going back gives them again", () => {
  const and = {
    And: [
      { Variable: "$.a", IsNull: true },
      { Variable: "$.b", IsNull: true },
    ],
    Next: "A",
  };
  expect(withKind(and, "Not")).toEqual({ Not: { And: and.And }, Next: "A" });
});
