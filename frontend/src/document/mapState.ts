import { isObject, type Json, type JsonObject, type Path, type QueryLanguage } from "@/asl/types.ts";
import { processorField } from "@/asl/walk.ts";

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
const DISTRIBUTED_ONLY: readonly (readonly [key: string, words: string])[] = [
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
export type Reads = (typeof READS)[number];

export const READS = ["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST", "LIST"] as const;

const GET = "arn:aws:states:::s3:getObject";
const LIST = "arn:aws:states:::s3:listObjectsV2";

/** What a reader reads; null where its settings are computed, or say something else. */
export function readsOf(reader: JsonObject): Reads | null {
  if (String(reader["Resource"] ?? "").endsWith(":s3:listObjectsV2")) return "LIST";
  const config = reader["ReaderConfig"];
  const type = isObject(config) ? (config["InputType"] ?? "JSON") : "JSON";
  return READS.find((each) => each === type) ?? null;
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

/** What batches begin with. */
export const NEW_BATCHER: JsonObject = { MaxItemsPerBatch: 10 };

/** What a result writer begins with. */
export function newWriter(language: QueryLanguage): JsonObject {
  return {
    Resource: "arn:aws:states:::s3:putObject",
    [argumentsField({}, language)]: { Bucket: "", Prefix: "" },
  };
}

function pick(from: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])));
}

function without(from: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([each]) => each !== key));
}
