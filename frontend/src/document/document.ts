import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { afterEdit, carried, NO_COMMENTS, type Comments } from "@/document/comments.ts";
import {
  editJson,
  editsBetween,
  formatJson,
  JsonSyntaxError,
  parseJson,
  toValue,
  type Edit,
} from "@/document/json.ts";
import { EMPTY_DEFINITION } from "@/document/empty.ts";
import { EMPTY_LAYOUT, withLayout, type Layout, type Point } from "@/document/layout.ts";
import { readYaml, yamlOf } from "@/document/yaml.ts";

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
  /** Why what was typed, the text or the YAML, is no definition now; or null. */
  readonly problem: TextProblem | null;
  readonly layout: Layout;
  /** The YAML as it was typed, while the document is what it says or cannot be read; null where it is written anew. */
  readonly yaml: string | null;
}

/** Why a text is no definition, and where; line and column count from 1. */
export interface TextProblem {
  readonly reason: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export function openDocument(text: string, layout: Layout = EMPTY_LAYOUT): WorkflowDocument {
  const opened = withText(
    { text: "", definition: {}, problem: null, layout: EMPTY_LAYOUT, yaml: null },
    text.trim() === "" ? EMPTY_DEFINITION : text,
  );
  return { ...opened, layout };
}

/** The document with another text; an invalid text keeps the last valid definition, so nothing is lost. */
export function withText(document: WorkflowDocument, text: string): WorkflowDocument {
  if (text === document.text && document.yaml === null) return document;
  return written(document, text, (definition) =>
    carried(document.layout.comments ?? NO_COMMENTS, document.definition, definition),
  );
}

/** The document with edits made to its text; refuses while the text is invalid. */
export function withEdits(document: WorkflowDocument, edits: readonly Edit[]): WorkflowDocument {
  if (document.problem || edits.length === 0) return document;
  if (!document.layout.comments) return withText(document, editJson(document.text, edits));
  return edits.reduce((edited, edit) => {
    const text = editJson(edited.text, [edit]);
    if (text === edited.text) return edited;
    return written(edited, text, () =>
      afterEdit(edited.layout.comments ?? NO_COMMENTS, edited.definition, edit),
    );
  }, document);
}

/** The document after a step in which what it holds was taken out and put in elsewhere: its comments go along. */
export function keepingComments(before: WorkflowDocument, after: WorkflowDocument): WorkflowDocument {
  const comments = before.layout.comments;
  if (!comments) return after;
  return inLayout(after, withComments(after.layout, carried(comments, before.definition, after.definition)));
}

/** The document with its YAML typed over; YAML that cannot be read keeps the last valid definition. */
export function withYaml(document: WorkflowDocument, yaml: string): WorkflowDocument {
  if (yaml === yamlText(document)) return document;
  const read = readYaml(yaml);
  if (!read.ok) return { ...document, yaml, problem: read.problem };
  const text = jsonFollowing(document, read.definition);
  return { ...written(document, text, () => read.comments), yaml };
}

/** The document as YAML: as it was typed, or written from the definition and its comments. */
export function yamlText({ yaml, definition, layout }: WorkflowDocument): string {
  return yaml ?? yamlOf(definition, layout.comments);
}

/** The JSON text with no more changed than what the definition says otherwise; what stays is as it was typed. */
function jsonFollowing(document: WorkflowDocument, definition: JsonObject): string {
  const edits = editsBetween(document.definition, definition);
  if (edits && edits.length <= MOST_EDITS) return editJson(document.text, edits);
  return formatJson(JSON.stringify(definition)) + "\n";
}

const MOST_EDITS = 20;

function written(
  document: WorkflowDocument,
  text: string,
  comments: (definition: JsonObject) => Comments,
): WorkflowDocument {
  try {
    const root = parseJson(text);
    const value = toValue(root);
    if (!isObject(value))
      throw new JsonSyntaxError("A definition is a JSON object: it begins with a brace.", root.start, text);
    const definition = shared(document.definition, value) as JsonObject;
    const layout = withComments(document.layout, comments(definition));
    return { text, definition, problem: null, layout, yaml: null };
  } catch (problem) {
    if (problem instanceof JsonSyntaxError) return { ...document, text, problem, yaml: null };
    throw problem;
  }
}

/** The same layout when the comments say the same. */
function withComments(layout: Layout, comments: Comments): Layout {
  const before = layout.comments ?? NO_COMMENTS;
  return comments === before || JSON.stringify(comments) === JSON.stringify(before)
    ? layout
    : withLayout(layout, { comments });
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
