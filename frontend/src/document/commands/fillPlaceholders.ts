import { HOLDS_STATES } from "@/asl/walk.ts";
import { parseJson, type JsonNode } from "@/document/json.ts";
import { withText, type WorkflowDocument } from "@/document/document.ts";

/** One `${name}` of a deployment template, and the places in which it stands. */
export interface Placeholder {
  readonly name: string;
  /** "Read › Bucket", for people. */
  readonly places: readonly string[];
  /** Whether it stands alone, and only where the language has a number or true and false. */
  readonly isJson: boolean;
}

/** What takes the place of a placeholder: a text, or where it stands alone any JSON value. */
export interface Filling {
  readonly text: string;
  readonly asJson: boolean;
}

const NAMED = /\$\{([A-Za-z_][\w.]*)\}/g;
/** Fields whose values are no texts, by the names that the language and most calls give them. */
const NOT_TEXT =
  /^(Numeric\w+|Is[A-Z]\w+|BooleanEquals|\w*Seconds|Max\w+|BackoffRate|ToleratedFailure(Count|Percentage))(?<!Path)$/;
const ALONE = /^\$\{([A-Za-z_][\w.]*)\}$/;

/** Whether a text seems to hold placeholders: a glance at it, as this is asked at every key. */
export function hasPlaceholders(text: string): boolean {
  return text.search(NAMED) >= 0;
}

/** The placeholders of a definition by first use; none of a text that cannot be read. */
export function placeholdersIn(text: string): Placeholder[] {
  const found = new Map<string, { places: Set<string>; isJson: boolean }>();
  for (const { value, path, isKey } of strings(text))
    for (const [, name = ""] of value.matchAll(NAMED)) {
      const { places, isJson } = found.get(name) ?? { places: new Set(), isJson: true };
      const isHere = !isKey && ALONE.test(value) && NOT_TEXT.test(path.at(-1) ?? "");
      found.set(name, { places: places.add(inWords(path)), isJson: isJson && isHere });
    }
  return [...found].map(([name, { places, isJson }]) => ({ name, places: [...places], isJson }));
}

/** The text with placeholders filled in, whatever is around them as it was typed; those without a value stay. */
export function fillText(text: string, values: ReadonlyMap<string, Filling>): string {
  let filled = text;
  // From the end, so that the places before stay where they are.
  for (const { value, start, end, isKey } of strings(text).sort((one, other) => other.start - one.start)) {
    const alone = isKey ? undefined : values.get(ALONE.exec(value)?.[1] ?? "");
    const written = alone?.asJson
      ? alone.text.trim()
      : JSON.stringify(value.replace(NAMED, (whole, name: string) => values.get(name)?.text ?? whole));
    if (written !== JSON.stringify(value)) filled = filled.slice(0, start) + written + filled.slice(end);
  }
  return filled;
}

export function fillPlaceholders(
  document: WorkflowDocument,
  values: ReadonlyMap<string, Filling>,
): WorkflowDocument {
  return withText(document, fillText(document.text, values));
}

interface Written {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly isKey: boolean;
  readonly path: readonly string[];
}

/** Every string of a JSON text that might hold a placeholder, names of fields too, in the order written. */
function strings(text: string): Written[] {
  const found: Written[] = [];
  const visit = (node: JsonNode, path: readonly string[]) => {
    if (node.kind === "object")
      for (const { key, keyStart, keyEnd, value } of node.members) {
        if (key.includes("${")) found.push({ value: key, start: keyStart, end: keyEnd, isKey: true, path });
        visit(value, [...path, key]);
      }
    else if (node.kind === "array") node.items.forEach((item) => visit(item, path));
    else if (typeof node.value === "string" && node.value.includes("${"))
      found.push({ value: node.value, start: node.start, end: node.end, isKey: false, path });
  };
  try {
    visit(parseJson(text), []);
  } catch {
    // What cannot be read is told where it is written.
  }
  return found;
}

const CONTAINERS = new Set(["States", "Arguments", "Parameters", ...HOLDS_STATES]);

function inWords(path: readonly string[]): string {
  const states = path.flatMap((step, at) => (step === "States" ? [at] : []));
  const from = (states.at(-1) ?? -1) + 1;
  return path.filter((step, at) => at >= from && !CONTAINERS.has(step)).join(" › ") || "Workflow";
}
