import { expect, it } from "vitest";
import { fieldValues, initialValues, readFields } from "./fields.ts";

it("reads fields as the definition writes them", () => {
  const fields = readFields([
    { Name: "title", Label: "Title", Required: true, Default: "Harbour" },
    { Name: "tone", Type: "select", Options: ["calm", "loud"], Description: "How it sounds" },
  ]);
  expect(fields[0]).toMatchObject({ name: "title", label: "Title", required: true, type: "text" });
  expect(fields[1]).toMatchObject({ name: "tone", label: "tone", type: "choice", help: "How it sounds" });
  expect(initialValues(fields)).toEqual({ title: "Harbour", tone: "" });
});

it("has no fields where none are given", () => {
  for (const none of [null, undefined, "x", {}, [{}]]) expect(readFields(none)).toEqual([]);
});

it("sends numbers and booleans as such and leaves out what is empty", () => {
  const fields = readFields([
    { Name: "n", Type: "number" },
    { Name: "b", Type: "boolean" },
    { Name: "t", Type: "text" },
  ]);
  expect(fieldValues(fields, { n: "3", t: "" })).toEqual({ n: 3, b: false });
});
