import type { Inspection, Tested } from "@/api/trying.ts";
import type { Json, JsonObject, QueryLanguage } from "@/asl/types.ts";
import { typeOf } from "@/asl/walk.ts";

/** One step that a state's data takes. */
export interface Stage {
  readonly key: string;
  readonly title: string;
  /** The field that made it, as it stands in the definition; null where the state has none. */
  readonly field: string | null;
  readonly made: Json | undefined;
  readonly value: unknown;
  /** What came in: the value of the stage before it. */
  readonly before: unknown;
  /** A stage of what happens to the input, the work itself, or of what happens to its result. */
  readonly part: "input" | "work" | "output";
}

type Row = readonly [key: string, title: string, field: string | null, part: Stage["part"]];

const JSONPATH: readonly Row[] = [
  ["input", "Input", null, "input"],
  ["after_input_path", "After InputPath", "InputPath", "input"],
  ["after_items_path", "Items", "ItemsPath", "input"],
  ["after_item_selector", "Each item gets", "ItemSelector", "input"],
  ["after_item_batcher", "Batches", "ItemBatcher", "input"],
  ["after_parameters", "After Parameters", "Parameters", "input"],
  ["result", "Result", null, "work"],
  ["after_result_selector", "After ResultSelector", "ResultSelector", "output"],
  ["after_result_path", "After ResultPath", "ResultPath", "output"],
];
const JSONATA: readonly Row[] = [
  ["input", "Input", null, "input"],
  ["after_arguments", "Arguments", "Arguments", "input"],
  ["after_items_pointer", "What the reader points to", "ItemReader", "input"],
  ["after_items_path", "Items", "Items", "input"],
  ["after_item_selector", "Each item gets", "ItemSelector", "input"],
  ["after_item_batcher", "Batches", "ItemBatcher", "input"],
  ["result", "Result", null, "work"],
];

/** The stages of a tested state, in the order in which its data takes them, each with what came before. */
export function stagesOf(state: JsonObject, language: QueryLanguage, tested: Tested): Stage[] {
  const inspection: Inspection = tested.inspection ?? {};
  const rows = language === "JSONata" ? JSONATA : JSONPATH;
  const found: Stage[] = [];
  let before: unknown = undefined;
  for (const [key, title, field, part] of rows) {
    if (!(key in inspection)) continue;
    const value = inspection[key];
    found.push({ key, title, field, made: field === null ? undefined : state[field], value, before, part });
    // What the work gives does not come from what went in; what follows is made of the result.
    before = value;
  }
  if (tested.output !== undefined) {
    const field = language === "JSONata" ? "Output" : "OutputPath";
    found.push({
      key: "output",
      title: "Output",
      field: state[field] === undefined ? null : field,
      made: state[field],
      value: tested.output,
      before,
      part: "output",
    });
  }
  return found;
}

/** Whether a stage left the value as it was. */
export function isSame(stage: Stage): boolean {
  return stage.before !== undefined && JSON.stringify(stage.before) === JSON.stringify(stage.value);
}

/** What does the work between arguments and result, in words. */
export function workOf(state: JsonObject): string {
  switch (typeOf(state)) {
    case "Task":
      return "The call";
    case "Map":
      return "The iterations";
    case "Parallel":
      return "The branches";
    default:
      return "The state";
  }
}
