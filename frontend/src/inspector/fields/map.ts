import { isDistributed } from "@/asl/card.ts";
import { isObject, type JsonObject } from "@/asl/types.ts";
import { readsOf, type Reads } from "@/document/mapState.ts";
import { choice, optionsOf, type FieldSpec } from "@/inspector/spec.ts";

/** What a reader reads, in words. */
export const READS_IN_WORDS: Record<Reads, string> = {
  CSV: "A CSV file, each row an item",
  JSON: "A JSON file that holds a list",
  JSONL: "A JSON Lines file, each line an item",
  PARQUET: "A Parquet file, each row an item",
  MANIFEST: "What a manifest names",
  LIST: "The list of objects in a bucket",
};

const BUCKET: FieldSpec = {
  key: "Bucket",
  label: "Bucket",
  kind: "text",
  required: true,
  about: { description: "The bucket in S3, by its name.", example: "my-orders" },
};
const PREFIX: FieldSpec = {
  key: "Prefix",
  label: "Prefix",
  kind: "text",
  required: false,
  about: { description: "Only objects whose keys begin so are listed.", example: "orders/2026/" },
};

/** The fields of a reader: of its arguments, and of its settings. */
export function readerFields(reader: JsonObject): { args: FieldSpec[]; config: FieldSpec[] } {
  const reads = readsOf(reader);
  const config = isObject(reader["ReaderConfig"]) ? reader["ReaderConfig"] : {};
  const flattens = reads === "LIST" && config["Transformation"] === "LOAD_AND_FLATTEN";
  const table = reads === "CSV" || (flattens && config["InputType"] === "CSV");
  const key: FieldSpec = {
    key: "Key",
    label: "Key",
    kind: "text",
    required: true,
    about: { description: "The object in the bucket, by its whole key.", example: "orders/2026-11.csv" },
  };
  return {
    args: [BUCKET, reads === "LIST" ? PREFIX : key],
    config: [
      ...(reads === "LIST" ? [TRANSFORMATION] : []),
      ...(flattens || reads === null ? [INPUT_TYPE] : []),
      ...(reads === "JSON" || (flattens && config["InputType"] === "JSON") ? [POINTER] : []),
      ...(reads === "MANIFEST" ? [MANIFEST] : []),
      ...(table ? [HEADERS, ...(config["CSVHeaderLocation"] === "GIVEN" ? [COLUMNS] : []), DELIMITER] : []),
      {
        key: "MaxItems",
        label: "Most items",
        kind: "number",
        pathKey: "MaxItemsPath",
        hint: "Only so many are read. Default: all.",
      },
    ],
  };
}

const TRANSFORMATION = choice("Transformation", "Each object", {
  NONE: "is an item: its key, size and time",
  LOAD_AND_FLATTEN: "is read: what it holds are the items",
});
const INPUT_TYPE: FieldSpec = {
  key: "InputType",
  label: "Format",
  kind: "select",
  options: ["CSV", "JSON", "JSONL", "PARQUET"].map((value) => ({ value, label: value })),
};
const POINTER: FieldSpec = {
  key: "ItemsPointer",
  label: "Where the list is",
  kind: "text",
  plain: true,
  hint: "A JSON Pointer. Default: the whole file.",
};
const MANIFEST = choice("ManifestType", "Kind of manifest", {
  S3_INVENTORY: "S3 Inventory",
  ATHENA_DATA: "Results of Athena",
});
const HEADERS = choice("CSVHeaderLocation", "Names of the columns", {
  FIRST_ROW: "In the first row",
  GIVEN: "Given here",
});
const COLUMNS: FieldSpec = {
  key: "CSVHeaders",
  label: "Columns",
  kind: "tokens",
  item: "Column",
  plain: true,
};
const DELIMITER = choice("CSVDelimiter", "Between the columns", {
  COMMA: "Comma",
  SEMICOLON: "Semicolon",
  TAB: "Tab",
  PIPE: "Pipe |",
  SPACE: "Space",
});

export const BATCHER: readonly FieldSpec[] = [
  {
    key: "MaxItemsPerBatch",
    label: "Items in a batch, at most",
    kind: "number",
    pathKey: "MaxItemsPerBatchPath",
  },
  {
    key: "MaxInputBytesPerBatch",
    label: "Bytes in a batch, at most",
    kind: "number",
    pathKey: "MaxInputBytesPerBatchPath",
  },
  { key: "BatchInput", label: "Every batch gets, too", kind: "json" },
];

export const WRITER_ARGUMENTS: readonly FieldSpec[] = [
  BUCKET,
  { ...PREFIX, about: { description: "The keys of what is written begin so.", example: "results/" } },
];

export const WRITER_CONFIG: readonly FieldSpec[] = [
  choice("Transformation", "What is written of each", {
    NONE: "All that is known of its execution",
    COMPACT: "Its output alone",
    FLATTEN: "Its output, lists made into one",
  }),
  choice("OutputType", "Format", {
    JSON: "JSON, one list",
    JSONL: "JSON Lines, a line for each",
  }),
];

/** What each iteration gets, and how many run at one time. */
export function iterationFields(state: JsonObject): FieldSpec[] {
  return [
    state["Parameters"] === undefined
      ? { key: "ItemSelector", label: "Each item gets", kind: "json", hint: "Default: the item itself." }
      : {
          key: "Parameters",
          label: "Each item gets",
          kind: "json",
          hint: "Parameters is the older name of ItemSelector.",
        },
    {
      key: "MaxConcurrency",
      label: "At once",
      kind: "number",
      pathKey: "MaxConcurrencyPath",
      hint: isDistributed(state)
        ? "0 or nothing: as many as the service allows."
        : "0 or nothing: as many as the workspace allows.",
    },
  ];
}

export const TOLERATED: readonly FieldSpec[] = [
  {
    key: "ToleratedFailurePercentage",
    label: "Failures tolerated, percent",
    kind: "number",
    pathKey: "ToleratedFailurePercentagePath",
  },
  {
    key: "ToleratedFailureCount",
    label: "Failures tolerated, items",
    kind: "number",
    pathKey: "ToleratedFailureCountPath",
  },
];

export const LABEL: FieldSpec = { key: "Label", label: "Label", kind: "text", plain: true };

export const EXECUTION_TYPE: FieldSpec = {
  key: "ExecutionType",
  label: "Each item runs as",
  kind: "select",
  plain: true,
  required: true,
  options: optionsOf({
    STANDARD: "A Standard execution: up to a year, with its history",
    EXPRESS: "An Express execution: up to five minutes",
  }),
};
