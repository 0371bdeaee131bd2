import { isObject, type Json, type JsonObject, type Path, type QueryLanguage } from "@/asl/types.ts";
import { isDistributed } from "@/asl/card.ts";
import { processorField } from "@/asl/walk.ts";
import type { FieldSpec } from "@/inspector/spec.ts";

/** Where the items of a Map state come from. */
export type ItemsFrom = "input" | "expression" | "list" | "reader";

export function itemsFrom(state: JsonObject): ItemsFrom {
  if (state["ItemReader"] !== undefined) return "reader";
  if (Array.isArray(state["Items"])) return "list";
  return state["Items"] !== undefined || state["ItemsPath"] !== undefined ? "expression" : "input";
}

/** The field that says where the items come from, or would say it: the language's own, unless only the other stands. */
export function itemsField(state: JsonObject, language: QueryLanguage): "Items" | "ItemsPath" | "ItemReader" {
  if (itemsFrom(state) === "reader") return "ItemReader";
  const [own, other] =
    language === "JSONata" ? (["Items", "ItemsPath"] as const) : (["ItemsPath", "Items"] as const);
  return state[own] === undefined && state[other] !== undefined ? other : own;
}

type Entry = readonly [Path, Json | undefined];

/** What has to be written for the items to come from somewhere else. */
export function itemsTaken(from: ItemsFrom, language: QueryLanguage): Entry[] {
  const jsonata = language === "JSONata";
  const starts: Record<ItemsFrom, readonly [string, Json] | null> = {
    input: null,
    expression: jsonata ? ["Items", "{% $states.input.items %}"] : ["ItemsPath", "$.items"],
    list: ["Items", []],
    reader: ["ItemReader", readerOf({}, "CSV", language)],
  };
  const start = starts[from];
  return [
    ...["Items", "ItemsPath", "ItemReader"]
      .filter((key) => key !== start?.[0])
      .map((key): Entry => [[key], undefined]),
    ...(start ? [[[start[0]], start[1]] as const] : []),
  ];
}

/** What only a distributed Map has. */
export const DISTRIBUTED_ONLY: readonly (readonly [key: string, words: string])[] = [
  ["ItemReader", "the item reader"],
  ["ItemBatcher", "the batches"],
  ["ResultWriter", "the result writer"],
  ["ToleratedFailurePercentage", "the tolerated percentage"],
  ["ToleratedFailurePercentagePath", "the tolerated percentage"],
  ["ToleratedFailureCount", "the tolerated count"],
  ["ToleratedFailureCountPath", "the tolerated count"],
  ["Label", "the label"],
];

/** What is written when the mode changes; `kept` are the fields that an earlier change took out. */
export function modeChanged(
  state: JsonObject,
  mode: "INLINE" | "DISTRIBUTED",
  kept: JsonObject,
): { entries: Entry[]; gone: JsonObject } {
  const config = [processorField(state), "ProcessorConfig"];
  if (mode === "DISTRIBUTED") {
    // Items that were named in the meantime are what is meant now.
    const taken = itemsFrom(state) === "input" ? kept : without(kept, "ItemReader");
    return {
      entries: [
        [config, { Mode: mode, ExecutionType: "STANDARD" }],
        ...Object.entries(taken).map(([key, value]): Entry => [[key], value]),
      ],
      gone: {},
    };
  }
  const gone = Object.fromEntries(
    DISTRIBUTED_ONLY.flatMap(([key]) => {
      const value = state[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  return {
    entries: [[config, { Mode: mode }], ...Object.keys(gone).map((key): Entry => [[key], undefined])],
    gone,
  };
}

/** Fields in words, each once: "the item reader and the label". */
export function inWordsOf(fields: JsonObject): string {
  const words = [...new Set(DISTRIBUTED_ONLY.filter(([key]) => key in fields).map(([, word]) => word))];
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** What an item reader reads. */
export type Reads = "LIST" | "CSV" | "JSON" | "JSONL" | "PARQUET" | "MANIFEST";

export const READS: readonly { value: Reads; label: string }[] = [
  { value: "CSV", label: "A CSV file, each row an item" },
  { value: "JSON", label: "A JSON file that holds a list" },
  { value: "JSONL", label: "A JSON Lines file, each line an item" },
  { value: "PARQUET", label: "A Parquet file, each row an item" },
  { value: "MANIFEST", label: "What a manifest names" },
  { value: "LIST", label: "The list of objects in a bucket" },
];

const GET = "arn:aws:states:::s3:getObject";
const LIST = "arn:aws:states:::s3:listObjectsV2";

/** What a reader reads; null where its settings are computed, or say something else. */
export function readsOf(reader: JsonObject): Reads | null {
  if (String(reader["Resource"] ?? "").endsWith(":s3:listObjectsV2")) return "LIST";
  const config = reader["ReaderConfig"];
  const type = isObject(config) ? (config["InputType"] ?? "JSON") : "JSON";
  return READS.find(({ value }) => value === type)?.value ?? null;
}

/** The name that the arguments of a reader or writer have. */
export function argumentsField(holder: JsonObject, language: QueryLanguage): "Arguments" | "Parameters" {
  return language === "JSONata" || "Arguments" in holder ? "Arguments" : "Parameters";
}

/** The reader made to read something else: the bucket and how much is read stay, what no longer fits goes. */
export function readerOf(reader: JsonObject, reads: Reads, language: QueryLanguage): JsonObject {
  const field = argumentsField(reader, language);
  const given = isObject(reader[field]) ? reader[field] : {};
  const config = isObject(reader["ReaderConfig"]) ? reader["ReaderConfig"] : {};
  const most = pick(config, ["MaxItems", "MaxItemsPath"]);
  const table = pick(config, ["CSVHeaderLocation", "CSVHeaders", "CSVDelimiter"]);
  return {
    Resource: reads === "LIST" ? LIST : GET,
    ReaderConfig: {
      ...(reads === "LIST" ? {} : { InputType: reads }),
      ...(reads === "CSV" ? { CSVHeaderLocation: "FIRST_ROW", ...table } : {}),
      ...most,
    },
    [field]: { ...named(given, "Bucket"), ...(reads === "LIST" ? prefixOf(given) : named(given, "Key")) },
  };
}

/** A value as it is given, computed or not; empty where it is not. */
function named(given: JsonObject, key: string): JsonObject {
  const path = given[`${key}.$`];
  return path === undefined ? { [key]: given[key] ?? "" } : { [`${key}.$`]: path };
}

/** The folder of a key, where somebody turns from one object to all beside it. */
function prefixOf(given: JsonObject): JsonObject {
  const held = pick(given, ["Prefix", "Prefix.$"]);
  const key = given["Key"];
  const folder = typeof key === "string" ? /^(?!\s*\{%)(.*\/)/.exec(key)?.[1] : undefined;
  return folder === undefined || Object.keys(held).length > 0 ? held : { Prefix: folder };
}

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

const TRANSFORMATION: FieldSpec = {
  key: "Transformation",
  label: "Each object",
  kind: "select",
  plain: true,
  fallback: "NONE",
  options: [
    { value: "NONE", label: "is an item: its key, size and time" },
    { value: "LOAD_AND_FLATTEN", label: "is read: what it holds are the items" },
  ],
};
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
const MANIFEST: FieldSpec = {
  key: "ManifestType",
  label: "Kind of manifest",
  kind: "select",
  plain: true,
  fallback: "S3_INVENTORY",
  options: [
    { value: "S3_INVENTORY", label: "S3 Inventory" },
    { value: "ATHENA_DATA", label: "Results of Athena" },
  ],
};
const HEADERS: FieldSpec = {
  key: "CSVHeaderLocation",
  label: "Names of the columns",
  kind: "select",
  plain: true,
  fallback: "FIRST_ROW",
  options: [
    { value: "FIRST_ROW", label: "In the first row" },
    { value: "GIVEN", label: "Given here" },
  ],
};
const COLUMNS: FieldSpec = {
  key: "CSVHeaders",
  label: "Columns",
  kind: "tokens",
  item: "Column",
  plain: true,
};
const DELIMITER: FieldSpec = {
  key: "CSVDelimiter",
  label: "Between the columns",
  kind: "select",
  plain: true,
  fallback: "COMMA",
  options: [
    { value: "COMMA", label: "Comma" },
    { value: "SEMICOLON", label: "Semicolon" },
    { value: "TAB", label: "Tab" },
    { value: "PIPE", label: "Pipe |" },
    { value: "SPACE", label: "Space" },
  ],
};

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

export const NEW_BATCHER: JsonObject = { MaxItemsPerBatch: 10 };

export const WRITER_ARGUMENTS: readonly FieldSpec[] = [
  BUCKET,
  { ...PREFIX, about: { description: "The keys of what is written begin so.", example: "results/" } },
];

export const WRITER_CONFIG: readonly FieldSpec[] = [
  {
    key: "Transformation",
    label: "What is written of each",
    kind: "select",
    plain: true,
    fallback: "NONE",
    options: [
      { value: "NONE", label: "All that is known of its execution" },
      { value: "COMPACT", label: "Its output alone" },
      { value: "FLATTEN", label: "Its output, lists made into one" },
    ],
  },
  {
    key: "OutputType",
    label: "Format",
    kind: "select",
    plain: true,
    fallback: "JSON",
    options: [
      { value: "JSON", label: "JSON, one list" },
      { value: "JSONL", label: "JSON Lines, a line for each" },
    ],
  },
];

export function newWriter(language: QueryLanguage): JsonObject {
  return {
    Resource: "arn:aws:states:::s3:putObject",
    [argumentsField({}, language)]: { Bucket: "", Prefix: "" },
  };
}

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
  options: [
    { value: "STANDARD", label: "A Standard execution: up to a year, with its history" },
    { value: "EXPRESS", label: "An Express execution: up to five minutes" },
  ],
};

function pick(from: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])));
}

function without(from: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([each]) => each !== key));
}
