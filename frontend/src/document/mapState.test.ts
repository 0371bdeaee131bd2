import { expect, it } from "vitest";
import { inWordsOf, itemsField, modeChanged, readerOf, readsOf } from "@/document/mapState.ts";

const DISTRIBUTED = {
  Type: "Map",
  ItemProcessor: {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
    StartAt: "A",
    States: {},
  },
  ItemReader: { Resource: "arn:aws:states:::s3:getObject" },
  ToleratedFailureCount: 3,
  MaxConcurrency: 5,
  Label: "orders",
};

it("to inline takes out what only a distributed Map has, and back brings it again", () => {
  const { entries, gone } = modeChanged(DISTRIBUTED, "INLINE", {});
  expect(entries).toEqual([
    [["ItemProcessor", "ProcessorConfig"], { Mode: "INLINE" }],
    [["ItemReader"], undefined],
    [["ToleratedFailureCount"], undefined],
    [["Label"], undefined],
  ]);
  expect(inWordsOf(gone)).toBe("the item reader, the tolerated count and the label");
  const inline = { Type: "Map", ItemProcessor: { StartAt: "A", States: {} }, MaxConcurrency: 5 };
  expect(modeChanged(inline, "DISTRIBUTED", gone).entries).toEqual([
    [["ItemProcessor", "ProcessorConfig"], { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }],
    [["ItemReader"], DISTRIBUTED.ItemReader],
    [["ToleratedFailureCount"], 3],
    [["Label"], "orders"],
  ]);
  // Items named in between are what is meant.
  expect(
    modeChanged({ ...inline, ItemsPath: "$.x" }, "DISTRIBUTED", gone).entries.map(([path]) => path[0]),
  ).not.toContain("ItemReader");
});

it("a reader keeps its bucket and its bounds when it reads something else", () => {
  const csv = {
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: ["a"], MaxItems: 9 },
    Parameters: { "Bucket.$": "$.bucket", Key: "in/orders.csv" },
  };
  expect(readerOf(csv, "JSONL", "JSONPath")).toEqual({
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "JSONL", MaxItems: 9 },
    Parameters: { "Bucket.$": "$.bucket", Key: "in/orders.csv" },
  });
  expect(readerOf(csv, "LIST", "JSONPath")).toEqual({
    Resource: "arn:aws:states:::s3:listObjectsV2",
    ReaderConfig: { MaxItems: 9 },
    Parameters: { "Bucket.$": "$.bucket", Prefix: "in/" },
  });
  expect(readerOf({}, "CSV", "JSONata")).toEqual({
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
    Arguments: { Bucket: "", Key: "" },
  });
});

it("does not guess what a computed reader reads", () => {
  expect(readsOf({ ReaderConfig: { InputType: "{% $type %}" } })).toBeNull();
  expect(readsOf({})).toBe("JSON");
});

it("names the field that the items stand in, and the language's own where they stand nowhere", () => {
  expect([itemsField({}, "JSONata"), itemsField({}, "JSONPath")]).toEqual(["Items", "ItemsPath"]);
  expect(itemsField({ Items: [] }, "JSONPath")).toBe("Items");
  expect(itemsField({ ItemsPath: "$.x" }, "JSONata")).toBe("ItemsPath");
  expect(itemsField({ Items: [], ItemsPath: "$.x" }, "JSONata")).toBe("Items");
  expect(itemsField({ Items: [], ItemReader: {} }, "JSONata")).toBe("ItemReader");
});
