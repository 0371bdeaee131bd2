import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { fieldAt, fieldsOf, stateSchema } from "@/asl/fieldHelp.ts";
import type { JsonObject, Path } from "@/asl/types.ts";

const schema = JSON.parse(readFileSync(join(process.cwd(), "../asl/schema.json"), "utf8")) as JsonObject;

describe("what the schema says of a field", () => {
  it.each([
    ["Task", true, ["TimeoutSeconds"]],
    ["Task", true, ["Retry", 1, "MaxAttempts"]],
    ["Task", false, ["Catch", 0, "ResultPath"]],
    ["Choice", true, ["Choices", 0, "Condition"]],
    ["Choice", false, ["Choices", 0, "And", 2, "Not", "StringEquals"]],
    ["Map", false, ["ItemReader", "ReaderConfig", "InputType"]],
    ["Map", true, ["ItemBatcher", "BatchInput"]],
    ["Map", true, ["ResultWriter", "WriterConfig", "OutputType"]],
    ["Map", false, ["ItemProcessor", "ProcessorConfig", "Mode"]],
    ["Parallel", true, ["Branches", 0, "StartAt"]],
    ["Wait", true, ["Comment"]],
  ] as [string, boolean, Path][])("is found in a %s (JSONata: %s) at %j", (type, jsonata, path) => {
    const found = fieldAt(schema, stateSchema(schema, type, jsonata), path);
    expect(found?.name).toBe(path.at(-1));
    expect(found?.title).not.toBe("");
  });

  it.each([
    ["Task", true, ["ResultPath"]],
    ["Task", false, ["Arguments"]],
    ["Task", true, ["Assign", "Retry"]],
    ["Task", true, ["Retry", 0]],
    ["Wait", true, ["Catch", 0, "Next"]],
  ] as [string, boolean, Path][])("is nothing in a %s (JSONata: %s) at %j", (type, jsonata, path) => {
    expect(fieldAt(schema, stateSchema(schema, type, jsonata), path)).toBeNull();
  });

  it("is its type alone for a state of no type yet, and begins with what is required", () => {
    expect(fieldsOf(schema, stateSchema(schema, null, true)).map(({ name }) => name)).toEqual(["Type"]);
    expect(fieldsOf(schema, stateSchema(schema, "Task", true))[0]?.required).toBe(true);
  });
});
