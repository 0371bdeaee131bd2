import { expect, it } from "vitest";
import { fieldValues, readFields } from "./fields.ts";

it("reads a list of fields as the definition writes them", () => {
  const fields = readFields([
    { Name: "title", Label: "Title", Required: true },
    { name: "tone", options: ["calm"] },
  ]);
  expect(fields[0]).toMatchObject({ name: "title", label: "Title", required: true, type: "text" });
  expect(fields[1]).toMatchObject({ name: "tone", label: "tone", type: "choice", options: ["calm"] });
});

it("reads a JSON Schema", () => {
  const fields = readFields({
    properties: { count: { type: "integer", title: "How many" }, urgent: { type: "boolean" } },
    required: ["count"],
  });
  expect(fields[0]).toMatchObject({ name: "count", label: "How many", type: "number", required: true });
  expect(fields[1]).toMatchObject({ name: "urgent", type: "boolean", required: false });
});

it("has no fields where none are given", () => {
  expect(readFields(null)).toEqual([]);
  expect(readFields("x")).toEqual([]);
});

it("sends numbers and booleans as such and leaves out what is empty", () => {
  const fields = readFields([
    { name: "n", type: "number" },
    { name: "b", type: "boolean" },
    { name: "t", type: "text" },
  ]);
  expect(fieldValues(fields, { n: "3", t: "" })).toEqual({ n: 3, b: false });
});
