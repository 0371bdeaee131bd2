import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";

/** A JSON text read with the place of every value, so that one value can be changed and all else kept as typed. */
export type JsonNode =
  | {
      readonly kind: "object";
      readonly start: number;
      readonly end: number;
      readonly members: readonly Member[];
    }
  | {
      readonly kind: "array";
      readonly start: number;
      readonly end: number;
      readonly items: readonly JsonNode[];
    }
  | {
      readonly kind: "scalar";
      readonly start: number;
      readonly end: number;
      readonly value: null | boolean | number | string;
    };

export interface Member {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
}

/** Where and why a text is not JSON; line and column count from 1. */
export class JsonSyntaxError extends Error {
  readonly line: number;
  readonly column: number;
  constructor(
    readonly reason: string,
    readonly offset: number,
    text: string,
  ) {
    super(reason);
    const before = text.slice(0, offset).split("\n");
    this.line = before.length;
    this.column = (before.at(-1)?.length ?? 0) + 1;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// A control character may not stand in a JSON string, so the pattern has to name them.
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const MAX_DEPTH = 500;

/** The tree of a JSON text; throws JsonSyntaxError with a reason in words. */
export function parseJson(text: string): JsonNode {
  let at = 0;

  const fail = (reason: string, offset = at): never => {
    throw new JsonSyntaxError(reason, offset, text);
  };
  const skip = () => {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    }
  };
  const found = () => {
    if (at >= text.length) return "the text ends";
    return text[at] === '"' ? "a quotation mark stands" : `"${text[at]}" stands`;
  };
  const string = (): string => {
    STRING.lastIndex = at;
    const match = STRING.exec(text);
    if (!match)
      return fail("This text has no closing quotation mark, or holds a character that needs a backslash.");
    at = STRING.lastIndex;
    return JSON.parse(match[0]) as string;
  };
  const value = (depth: number): JsonNode => {
    if (depth > MAX_DEPTH) fail("Nested too deeply.");
    skip();
    const start = at;
    const first = text[at];
    if (first === "{") {
      at++;
      const members: Member[] = [];
      const keys = new Set<string>();
      for (skip(); text[at] !== "}";) {
        if (text[at] !== '"') fail(`A field name in quotation marks is expected where ${found()}.`);
        const keyStart = at;
        const key = string();
        const keyEnd = at;
        if (keys.has(key)) fail(`The field "${key}" stands here twice.`, keyStart);
        keys.add(key);
        skip();
        if (text[at] !== ":") fail(`A colon is expected after "${key}" where ${found()}.`);
        at++;
        members.push({ key, keyStart, keyEnd, value: value(depth + 1) });
        skip();
        if (text[at] === ",") {
          const comma = at++;
          skip();
          if (text[at] === "}") fail("A comma stands before the closing brace. Remove it.", comma);
        } else if (text[at] !== "}") fail(`A comma or a closing brace is expected where ${found()}.`);
      }
      at++;
      return { kind: "object", start, end: at, members };
    }
    if (first === "[") {
      at++;
      const items: JsonNode[] = [];
      for (skip(); text[at] !== "]";) {
        items.push(value(depth + 1));
        skip();
        if (text[at] === ",") {
          const comma = at++;
          skip();
          if (text[at] === "]") fail("A comma stands before the closing bracket. Remove it.", comma);
        } else if (text[at] !== "]") fail(`A comma or a closing bracket is expected where ${found()}.`);
      }
      at++;
      return { kind: "array", start, end: at, items };
    }
    if (first === '"') {
      const read = string();
      return { kind: "scalar", start, end: at, value: read };
    }
    for (const [word, meant] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return { kind: "scalar", start, end: at, value: meant };
      }
    }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text);
    const placeholder = /\$\{[^{}\n]{1,80}\}/y;
    placeholder.lastIndex = at;
    const named = number ? null : placeholder.exec(text);
    if (named) return fail(`A placeholder stands in quotation marks: "${named[0]}".`);
    if (!number) return fail(`A value is expected where ${found()}.`);
    at = NUMBER.lastIndex;
    return { kind: "scalar", start, end: at, value: Number(number[0]) };
  };

  const root = value(0);
  skip();
  if (at < text.length) fail(`The definition has ended, but ${found()} after it.`);
  return root;
}

/** The plain value of a tree. */
export function toValue(node: JsonNode): Json {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "array":
      return node.items.map(toValue);
    case "object": {
      const result: JsonObject = {};
      for (const { key, value } of node.members)
        Object.defineProperty(result, key, {
          value: toValue(value),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      return result;
    }
  }
}

export function nodeAt(root: JsonNode, path: Path): JsonNode | null {
  let node: JsonNode | undefined = root;
  for (const step of path) {
    if (node?.kind === "object") node = node.members.find((member) => member.key === String(step))?.value;
    else if (node?.kind === "array") node = node.items[Number(step)];
    else return null;
    if (!node) return null;
  }
  return node ?? null;
}

/** A piece of text to put in place as it is typed, numbers and escapes unchanged. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** One change of a JSON text. `set` with `after` says behind which sibling a new field stands. */
export type Edit =
  | { readonly op: "set"; readonly path: Path; readonly value: Json | RawJson; readonly after?: string }
  | { readonly op: "insert"; readonly path: Path; readonly value: Json | RawJson }
  | { readonly op: "remove"; readonly path: Path }
  | { readonly op: "rename"; readonly path: Path; readonly key: string };

/** The text with the edits made one after the other; whatever they do not name stays as it was typed. */
export function editJson(text: string, edits: readonly Edit[]): string {
  return edits.reduce(applyEdit, text);
}

/** The edits that make one value another, each as small as can be; null where fields came before others. */
export function editsBetween(before: Json, after: Json, path: Path = []): Edit[] | null {
  if (before === after) return [];
  if (isObject(before) && isObject(after)) return fieldEditsBetween(before, after, path);
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const edits: Edit[] = [];
    for (const [index, item] of after.entries())
      edits.push(
        ...(editsBetween(before[index] ?? null, item, [...path, index]) ?? [
          { op: "set", path: [...path, index], value: item } as const,
        ]),
      );
    return edits;
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return path.length ? [{ op: "set", path, value: after }] : null;
}

function fieldEditsBetween(before: JsonObject, after: JsonObject, path: Path): Edit[] | null {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const kept = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  const keys = Object.keys(after);
  const edits: Edit[] = gone.map((key) => ({ op: "remove", path: [...path, key] }));
  const instead = (): Edit[] | null => (path.length ? [{ op: "set", path, value: after }] : null);
  if (keys.filter((key) => Object.hasOwn(before, key)).some((key, index) => key !== kept[index]))
    return instead();
  let last: string | undefined;
  for (const key of keys) {
    const value = after[key] ?? null;
    const old = before[key];
    if (old !== undefined) {
      edits.push(...(editsBetween(old, value, [...path, key]) ?? []));
    } else {
      if (last === undefined && kept.length > 0) return instead();
      edits.push({ op: "set", path: [...path, key], value, ...(last === undefined ? {} : { after: last }) });
    }
    last = key;
  }
  return edits;
}

function applyEdit(text: string, edit: Edit): string {
  const root = parseJson(text);
  const unit = indentUnit(text);
  const written = (value: Json | RawJson, at: number) => {
    const raw = value instanceof RawJson ? value.text : JSON.stringify(value);
    return formatJson(raw, unit, lineIndent(text, at));
  };
  const last = edit.path.at(-1);
  const parent = nodeAt(root, edit.path.slice(0, -1));
  const node = nodeAt(root, edit.path);
  switch (edit.op) {
    case "rename": {
      if (parent?.kind !== "object") return text;
      const member = parent.members.find(({ key }) => key === last);
      return member ? splice(text, member.keyStart, member.keyEnd, JSON.stringify(edit.key)) : text;
    }
    case "remove": {
      if (!parent || !node) return text;
      const parts =
        parent.kind === "object"
          ? parent.members.map((member) => ({ start: member.keyStart, end: member.value.end }))
          : parent.kind === "array"
            ? parent.items
            : [];
      const index = parts.findIndex((part) => part.end === node.end);
      const part = parts[index];
      if (!part) return text;
      const next = parts[index + 1];
      const before = parts[index - 1];
      if (next) return splice(text, part.start, next.start, "");
      if (before) return splice(text, before.end, part.end, "");
      return splice(text, parent.start + 1, parent.end - 1, "");
    }
    case "insert": {
      if (parent?.kind !== "array") return text;
      const index = Math.min(Number(last), parent.items.length);
      const items = parent.items.map((item) => ({ start: item.start, end: item.end }));
      return insertPart(text, parent, items, index, unit, (at) => written(edit.value, at));
    }
    case "set": {
      if (node) return splice(text, node.start, node.end, written(edit.value, node.start));
      if (!parent || edit.path.length === 0) return text;
      if (parent.kind === "array")
        return applyEdit(text, { op: "insert", path: edit.path, value: edit.value });
      if (parent.kind !== "object") return text;
      const parts = parent.members.map((member) => ({ start: member.keyStart, end: member.value.end }));
      const behind =
        edit.after === undefined ? -1 : parent.members.findIndex(({ key }) => key === edit.after);
      const index = behind >= 0 ? behind + 1 : parts.length;
      return insertPart(
        text,
        parent,
        parts,
        index,
        unit,
        (at) => `${JSON.stringify(String(last))}: ${written(edit.value, at)}`,
      );
    }
  }
}

function insertPart(
  text: string,
  parent: JsonNode,
  parts: readonly { start: number; end: number }[],
  index: number,
  unit: string,
  write: (at: number) => string,
): string {
  const outer = lineIndent(text, parent.start);
  const inner = outer + unit;
  const oneLine = parts.length > 0 && !text.slice(parent.start, parent.end).includes("\n");
  if (parts.length === 0) {
    const body = indentFirst(write(parent.start), unit);
    return splice(text, parent.start + 1, parent.end - 1, `\n${inner}${body}\n${outer}`);
  }
  const neighbour = parts[index - 1] ?? parts[0];
  const at = neighbour?.start ?? parent.start;
  if (oneLine) {
    const body = write(at).replace(/\n\s*/g, " ");
    return index > 0
      ? splice(text, parts[index - 1]?.end ?? 0, parts[index - 1]?.end ?? 0, `, ${body}`)
      : splice(text, at, at, `${body}, `);
  }
  const body = write(at);
  const here = lineIndent(text, at);
  if (index > 0) {
    const end = parts[index - 1]?.end ?? 0;
    return splice(text, end, end, `,\n${here}${body}`);
  }
  return splice(text, at, at, `${body},\n${here}`);
}

function indentFirst(body: string, unit: string): string {
  return body.replaceAll("\n", `\n${unit}`);
}

function splice(text: string, start: number, end: number, put: string): string {
  return text.slice(0, start) + put + text.slice(end);
}

function lineIndent(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? "";
}

/** The indentation a text uses: that of its first indented line, two spaces when it has none. */
export function indentUnit(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
}

/** A JSON text laid out anew: tokens unchanged, one member a line, short lists of plain values on one line. */
export function formatJson(text: string, unit = "  ", indent = ""): string {
  const write = (node: JsonNode, here: string): string => {
    if (node.kind === "scalar") return text.slice(node.start, node.end);
    const inner = here + unit;
    if (node.kind === "array") {
      if (node.items.length === 0) return "[]";
      const parts = node.items.map((item) => write(item, inner));
      const line = `[${parts.join(", ")}]`;
      if (node.items.every((item) => item.kind === "scalar") && line.length + here.length <= 80) return line;
      return `[\n${inner}${parts.join(`,\n${inner}`)}\n${here}]`;
    }
    if (node.members.length === 0) return "{}";
    const parts = node.members.map(
      (member) => `${text.slice(member.keyStart, member.keyEnd)}: ${write(member.value, inner)}`,
    );
    return `{\n${inner}${parts.join(`,\n${inner}`)}\n${here}}`;
  };
  return write(parseJson(text), indent);
}
