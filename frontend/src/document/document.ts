import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { editJson, JsonSyntaxError, parseJson, toValue, type Edit } from "@/document/json.ts";
import { EMPTY_LAYOUT, withLayout, type Layout, type Point } from "@/document/layout.ts";

export {
  EMPTY_LAYOUT,
  readLayout,
  withLayout,
  type Direction,
  type Layout,
  type Note,
  type Point,
} from "@/document/layout.ts";

/** A workflow being edited. The text is the truth; `definition` is what it meant when it was last valid. */
export interface WorkflowDocument {
  readonly text: string;
  readonly definition: JsonObject;
  /** Why the text is no JSON object now, or null. */
  readonly problem: JsonSyntaxError | null;
  readonly layout: Layout;
}

/** What a workflow is before anything is drawn. */
export const EMPTY_DEFINITION = `{
  "QueryLanguage": "JSONata",
  "StartAt": "",
  "States": {}
}
`;

export function openDocument(text: string, layout: Layout = EMPTY_LAYOUT): WorkflowDocument {
  return withText(
    { text: "", definition: {}, problem: null, layout },
    text.trim() === "" ? EMPTY_DEFINITION : text,
  );
}

/** The document with another text; an invalid text keeps the last valid definition, so nothing is lost. */
export function withText(document: WorkflowDocument, text: string): WorkflowDocument {
  if (text === document.text) return document;
  try {
    const root = parseJson(text);
    const value = toValue(root);
    if (!isObject(value))
      throw new JsonSyntaxError("A definition is a JSON object: it begins with a brace.", root.start, text);
    return { ...document, text, definition: shared(document.definition, value) as JsonObject, problem: null };
  } catch (problem) {
    if (problem instanceof JsonSyntaxError) return { ...document, text, problem };
    throw problem;
  }
}

/** The document with edits made to its text; refuses while the text is invalid. */
export function withEdits(document: WorkflowDocument, edits: readonly Edit[]): WorkflowDocument {
  if (document.problem) return document;
  return withText(document, editJson(document.text, edits));
}

export function withPositions(
  document: WorkflowDocument,
  positions: Readonly<Record<string, Point>>,
): WorkflowDocument {
  return inLayout(document, withLayout(document.layout, { positions }));
}

/** The document with another layout. */
export function inLayout(document: WorkflowDocument, layout: Layout): WorkflowDocument {
  return layout === document.layout ? document : { ...document, layout };
}

export function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => String(step) === String(other[index]));
}

/** The new value with every part that equals the old one replaced by it, so that what did not change is the same object. */
function shared(old: Json | undefined, value: Json): Json {
  if (Array.isArray(value)) {
    const before = Array.isArray(old) ? old : [];
    const items = value.map((item, index) => shared(before[index], item));
    return before.length === items.length && items.every((item, index) => item === before[index])
      ? before
      : items;
  }
  if (isObject(value)) {
    const before = isObject(old) ? old : {};
    const entries = Object.entries(value).map(([key, item]) => [key, shared(before[key], item)] as const);
    const names = Object.keys(before);
    const same =
      isObject(old) &&
      names.length === entries.length &&
      entries.every(([key, item], index) => names[index] === key && item === before[key]);
    return same ? before : (Object.fromEntries(entries) as JsonObject);
  }
  return value;
}
