import type { Diagnostic } from "@/api/types.ts";
import {
  fromPointer,
  isObject,
  STATE_TYPES,
  valueAt,
  type Json,
  type JsonObject,
  type Path,
} from "@/asl/types.ts";
import { assignedIn } from "@/asl/variables.ts";
import { KNOWN_ERRORS } from "@/asl/words.ts";
import { remove } from "@/document/commands/remove.ts";
import { setFields } from "@/document/commands/setField.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { callInExpress, inlineMap, standardItems } from "./expressFixes.ts";

/** How a problem is mended in one step that can be undone. */
export interface Fix {
  /** "Use “Done”", "End here". */
  readonly label: string;
  readonly apply: (document: WorkflowDocument) => WorkflowDocument;
  /** It asks for values first, in a dialog of the studio. */
  readonly asks?: "placeholders";
}

type Edits = readonly (readonly [Path, Json | undefined])[];

/** The one thing that mends a problem, where it is known. */
export function fixFor(problem: Diagnostic, definition: JsonObject): Fix | null {
  const at = pathIn(definition, fromPointer(problem.location));
  for (const [pattern, make] of FIXES) {
    const found = pattern.exec(problem.message);
    if (found) return make({ found, at, definition });
  }
  return null;
}

interface Case {
  readonly found: RegExpExecArray;
  readonly at: Path;
  readonly definition: JsonObject;
}

const FIXES: readonly (readonly [RegExp, (given: Case) => Fix | null])[] = [
  [
    /^The placeholders? .* to be (filled in|replaced)|^The placeholder .* has to be replaced/,
    () => ({ label: "Fill in…", apply: (document) => document, asks: "placeholders" }),
  ],
  [/^Missing '(\w+)' target: (.*)$/, missingTarget],
  [/^These fields are required: \[StartAt\]/, ({ at, definition }) => startAt(at, definition)],
  [
    /^One of these fields is required: \[Next, End\]/,
    ({ at }) => edits("End here", [[[...at, "End"], true]]),
  ],
  [
    /^Only one of \[Next, End\] may be given/,
    ({ at }) => edits("Remove End", [[[...at.slice(0, -1), "End"], undefined]]),
  ],
  [
    /^One of these fields is required: \[Seconds, Timestamp\]/,
    ({ at }) => edits("Wait 10 seconds", [[[...at, "Seconds"], 10]]),
  ],
  [/^The field '(\w+)' is not known here/, unknownField],
  [/^The field '(\w+)' is not supported by an? \w+ state in (JSONata|JSONPath)/, otherLanguage],
  [/^Type must be one of /, ({ at, definition }) => nearestAt(at, definition, STATE_TYPES)],
  [/^There is no predefined error (.*)$/, wrongError],
  [/^States\.ALL must stand alone, and last/, allLast],
  [/^Condition must be an expression/, wrapped],
  [
    /^An express state machine (does not support|cannot wait)/,
    ({ at, definition }) => callInExpress(at, definition),
  ],
  [/^An Express execution ends after/, ({ at, definition }) => standardItems(at, definition)],
  [
    /^On AWS an express state machine has no distributed Map/,
    ({ at, definition }) => inlineMap(at, definition),
  ],
  [/^Nothing assigns the variable \$(\w+)/, wrongVariable],
  [
    /^State '(.*)' is not reachable/,
    ({ found, at }) => ({ label: `Delete “${found[1] ?? ""}”`, apply: (document) => remove(document, [at]) }),
  ],
];

function missingTarget({ found: [, field = "", target = ""], at, definition }: Case): Fix | null {
  const states = statesAround(at, definition);
  const near = nearest(target, states);
  if (near !== null) return edits(`Use “${near}”`, [[at, near]]);
  if (field === "StartAt") return startAt(at.slice(0, -1), definition);
  const holder = at.slice(0, -1);
  if (field === "Next" && holder.at(-2) === "States")
    return edits("End here", [
      [at, undefined],
      [[...holder, "End"], true],
    ]);
  return null;
}

function startAt(scope: Path, definition: JsonObject): Fix | null {
  const machine = valueAt(definition, scope);
  const states = isObject(machine) && isObject(machine["States"]) ? Object.keys(machine["States"]) : [];
  const [first] = states;
  return first === undefined ? null : edits(`Start at “${first}”`, [[[...scope, "StartAt"], first]]);
}

const FIELDS = [
  "Type", "Comment", "Next", "End", "Resource", "Arguments", "Parameters", "Output", "Assign", "Retry", "Catch",
  "InputPath", "OutputPath", "ResultPath", "ResultSelector", "TimeoutSeconds", "HeartbeatSeconds", "Choices",
  "Default", "Branches", "ItemProcessor", "Items", "ItemsPath", "ItemSelector", "ItemReader", "ItemBatcher",
  "ResultWriter", "MaxConcurrency", "Seconds", "Timestamp", "Error", "Cause", "Result", "QueryLanguage", "StartAt",
  "States", "Version", "Condition", "ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate",
  "MaxDelaySeconds", "JitterStrategy",
]; // prettier-ignore

function unknownField({ found: [, name = ""], at, definition }: Case): Fix {
  const holder = valueAt(definition, at.slice(0, -1));
  const near = nearest(
    name,
    FIELDS.filter((field) => !(isObject(holder) && field in holder)),
  );
  return near === null ? edits(`Remove ${name}`, [[at, undefined]]) : renamed(at, near, definition);
}

const SAME: Record<string, string> = {
  Parameters: "Arguments",
  Arguments: "Parameters",
  ItemsPath: "Items",
  Iterator: "ItemProcessor",
};

function otherLanguage({ found: [, name = ""], at, definition }: Case): Fix {
  const other = SAME[name];
  const holder = valueAt(definition, at.slice(0, -1));
  // A payload without expressions says the same in both languages; one with them would not.
  const plain = !/\{%|\.\$"/.test(JSON.stringify(valueAt(definition, at) ?? null));
  if (
    (name === "Parameters" || name === "Arguments") &&
    other &&
    plain &&
    isObject(holder) &&
    !(other in holder)
  )
    return renamed(at, other, definition);
  return edits(`Remove ${name}`, [[at, undefined]]);
}

function wrongError({ found: [, name = ""], at, definition }: Case): Fix | null {
  const near = nearest(name, KNOWN_ERRORS);
  const list = valueAt(definition, at);
  if (near === null || !Array.isArray(list)) return null;
  return edits(`Use ${near}`, [[at, list.map((each) => (each === name ? near : each))]]);
}

function allLast({ at, definition }: Case): Fix | null {
  const steps = at.at(-1) === "ErrorEquals" ? at.slice(0, -1) : at;
  const [list, index] = [valueAt(definition, steps.slice(0, -1)), Number(steps.at(-1))];
  const names = valueAt(definition, [...steps, "ErrorEquals"]);
  if (!Array.isArray(list) || !Array.isArray(names)) return null;
  const whole = list[index];
  if (!isObject(whole)) return null;
  const alone = { ...whole, ErrorEquals: ["States.ALL"] };
  return edits("Put it last, alone", [
    [steps.slice(0, -1), [...list.filter((_, other) => other !== index), alone]],
  ]);
}

function wrapped({ at, definition }: Case): Fix | null {
  const value = valueAt(definition, at);
  return typeof value === "string" ? edits("Write it in {% %}", [[at, `{% ${value.trim()} %}`]]) : null;
}

function wrongVariable({ found: [, name = ""], at, definition }: Case): Fix | null {
  const near = nearest(name, assignedIn(definition));
  const value = valueAt(definition, at);
  if (near === null || value === undefined) return null;
  const text = JSON.stringify(value).replaceAll(new RegExp(`\\$${name}\\b`, "g"), `$${near}`);
  return edits(`Use $${near}`, [[at, JSON.parse(text) as Json]]);
}

function nearestAt(at: Path, definition: JsonObject, words: readonly string[]): Fix | null {
  const value = valueAt(definition, at);
  const near = typeof value === "string" ? nearest(value, words) : null;
  return near === null ? null : edits(`Use ${near}`, [[at, near]]);
}

function renamed(at: Path, to: string, definition: JsonObject): Fix {
  return edits(`Rename it ${to}`, [
    [at, undefined],
    [[...at.slice(0, -1), to], valueAt(definition, at)],
  ]);
}

function edits(label: string, entries: Edits): Fix {
  return { label, apply: (document) => setFields(document, entries) };
}

function statesAround(at: Path, definition: JsonObject): string[] {
  const inside = at.lastIndexOf("States");
  const scope = at.at(-1) === "StartAt" ? [...at.slice(0, -1), "States"] : at.slice(0, inside + 1);
  const states = valueAt(definition, scope);
  return isObject(states) ? Object.keys(states) : [];
}

/** The steps of a pointer with its indexes as numbers, as the definition has them. */
function pathIn(definition: JsonObject, steps: readonly string[]): Path {
  let value: Json | undefined = definition;
  return steps.map((step) => {
    const own: string | number = Array.isArray(value) ? Number(step) : step;
    value = valueAt(value, [own]);
    return own;
  });
}

/** The word that was most likely meant: alike but for case, or for a few letters. */
export function nearest(word: string, words: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, "");
  const same = words.find((each) => plain(each) === plain(word));
  if (same !== undefined) return same;
  const most = Math.max(1, Math.floor(word.length / 3));
  let best: { word: string; distance: number } | null = null;
  for (const each of words) {
    const distance = changes(plain(word), plain(each));
    if (distance <= most && distance < (best?.distance ?? Infinity)) best = { word: each, distance };
  }
  return best?.word ?? null;
}

/** How many letters have to be put in, taken out or changed, neighbours swapped counting as one. */
function changes(one: string, other: string): number {
  const rows: number[][] = [];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Math.max(row, column);
  for (let row = 0; row <= one.length; row++) {
    rows[row] = [];
    for (let column = 0; column <= other.length; column++) {
      const line = rows[row] as number[];
      if (row === 0 || column === 0) {
        line[column] = row + column;
        continue;
      }
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      line[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + same,
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        line[column] = Math.min(line[column] ?? 0, at(row - 2, column - 2) + 1);
    }
  }
  return at(one.length, other.length);
}
