import { expect, it } from "vitest";
import { readerFields } from "./map.ts";

it("asks only for what the kind of file has", () => {
  const asked = (ReaderConfig: object, Resource = "arn:aws:states:::s3:getObject") => {
    const { args, config } = readerFields({ Resource, ReaderConfig } as never);
    return [...args, ...config].map(({ key }) => key);
  };
  expect(asked({ InputType: "CSV" })).toEqual([
    "Bucket",
    "Key",
    "CSVHeaderLocation",
    "CSVDelimiter",
    "MaxItems",
  ]);
  expect(asked({ InputType: "CSV", CSVHeaderLocation: "GIVEN" })).toContain("CSVHeaders");
  expect(asked({ InputType: "MANIFEST" })).toEqual(["Bucket", "Key", "ManifestType", "MaxItems"]);
  expect(asked({}, "arn:aws:states:::s3:listObjectsV2")).toEqual([
    "Bucket",
    "Prefix",
    "Transformation",
    "MaxItems",
  ]);
  expect(
    asked({ Transformation: "LOAD_AND_FLATTEN", InputType: "JSON" }, "arn:aws:states:::s3:listObjectsV2"),
  ).toEqual(["Bucket", "Prefix", "Transformation", "InputType", "ItemsPointer", "MaxItems"]);
});
