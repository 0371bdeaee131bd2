import { CST, isAlias, isMap, isScalar, isSeq, Lexer, parseDocument, type Document, type Node } from "yaml";

import { toPointer, type Path } from "@/asl/types.ts";
import { joined, type Comments, type Remark } from "@/document/comments.ts";

/** Where one field or item stands in a YAML text. */
interface Standing {
  readonly pointer: string;
  /** Of its name, or of the dash. */
  readonly start: number;
  readonly column: number;
  readonly line: number;
  /** Of its value; with a list or fields in it, of the last of them. */
  readonly lastLine: number;
  /** Where its fields or items begin in their lines; null when it has none. */
  readonly inside: number | null;
  /** Whether what is in it begins on the same line, as behind a dash. */
  readonly shares: boolean;
  /** Whether its value goes on over lines on which no comment can stand but the last. */
  readonly flows: boolean;
}

/**
 * The comments of a YAML text, by what they stand at: a comment behind something belongs to it, one on lines of its
 * own to what follows at its column, or to the end of what it is indented with. The library's own way gives a comment
 * above a field to the field before, with which it would go away.
 */
export function commentsOf(document: Document, text: string): Comments {
  const lines = text.split("\n");
  const starts = lineStarts(lines);
  const all = standings(document, starts);
  const found = new Map<string, { before: string[]; behind: string; end: string[] }>();
  const at = (pointer: string) => {
    const remark = found.get(pointer) ?? { before: [], behind: "", end: [] };
    found.set(pointer, remark);
    return remark;
  };
  const byPointer = new Map(all.map((each) => [each.pointer, each]));
  const firstOf = new Map<number, Standing>();
  const lastOf = new Map<number, Standing>();
  for (const each of all) {
    if (!firstOf.has(each.line)) firstOf.set(each.line, each);
    lastOf.set(each.line, each);
  }
  const comments = commentLines(text, starts);
  const inScalars = scalarLines(document, starts);
  let own: { text: string; column: number }[] = [];
  let last: Standing | null = null;
  let seen = false;

  /** Gives what was gathered above a line to what begins there, or to the ends of what is over. */
  const settle = (next: Standing | null) => {
    if (own.length === 0) return;
    let rest = own;
    own = [];
    const isInLast = next !== null && last !== null && next.pointer.startsWith(`${last.pointer}/`);
    const ended = next
      ? rest.findLastIndex(({ text, column }) => text !== "" && column > next.column) + 1
      : rest.length;
    if (ended > 0 && last !== null && !isInLast) {
      let column = 0;
      const places = rest
        .slice(0, ended)
        .reverse()
        .map((each) => {
          if (each.text !== "") column = each.column;
          return [endedBy(byPointer, last?.pointer ?? "", column), each.text] as const;
        });
      for (const [pointer, words] of places.reverse()) at(pointer).end.push(words);
      rest = rest.slice(ended);
    }
    if (!next) {
      if (last === null) at("").before.push(...rest.map((each) => each.text));
      return;
    }
    if (!seen) {
      const head = rest.findLastIndex((each) => each.text === "") + 1;
      if (head > 0) at("").before.push(...rest.slice(0, head).map((each) => each.text));
      rest = rest.slice(head);
    }
    at(next.pointer).before.push(...rest.map((each) => each.text));
  };

  const behind = (words: string) => {
    const remark = at(last?.pointer ?? "");
    remark.behind = remark.behind ? `${remark.behind};${words}` : words;
  };

  lines.forEach((line, number) => {
    const comment = comments.get(number);
    if (inScalars.has(number)) {
      if (comment) behind(comment.text);
      return;
    }
    const content = (comment ? line.slice(0, comment.column) : line).trim();
    if (content === "" || content === "---") {
      if (comment) own.push({ text: comment.text, column: comment.column });
      else if (content === "" && number < lines.length - 1) own.push({ text: "", column: 0 });
      return;
    }
    const first = firstOf.get(number);
    if (first) settle(first);
    seen = true;
    last = lastOf.get(number) ?? last;
    if (comment) behind(comment.text);
  });
  // Blank lines at the very end say nothing.
  while (own.at(-1)?.text === "") own.pop();
  settle(null);

  return Object.fromEntries(
    [...found].flatMap(([pointer, remark]): [string, Remark][] => {
      const kept = joined(remark);
      return kept ? [[pointer, kept]] : [];
    }),
  );
}

/** A YAML text without comments, with these put in; those whose place it does not have are left out. */
export function withCommentsWritten(text: string, comments: Comments): string {
  const lines = text.split("\n");
  const starts = lineStarts(lines);
  const above = new Map<number, string[]>();
  const below = new Map<number, string[]>();
  const put = (where: Map<number, string[]>, line: number, column: number, added: readonly string[]) => {
    const written = added.map((each) => (each === "" ? "" : `${" ".repeat(column)}#${each}`));
    where.set(
      line,
      where === above ? [...(where.get(line) ?? []), ...written] : [...written, ...(where.get(line) ?? [])],
    );
  };
  const head = comments[""];
  const all = standings(parseDocument(text, { keepSourceTokens: true }), starts);
  if (head?.before) put(above, 0, 0, head.before);
  for (const each of all) {
    const remark = comments[each.pointer];
    if (!remark) continue;
    if (remark.before) put(above, each.line, each.column, remark.before);
    if (remark.behind) {
      if (each.shares) put(above, each.line, each.column, [remark.behind]);
      else {
        const line = each.flows ? each.lastLine : each.line;
        lines[line] = `${lines[line] ?? ""} #${remark.behind}`;
      }
    }
    if (remark.end) put(below, each.lastLine, each.inside ?? each.column, remark.end);
  }
  const written = lines.flatMap((line, number) => [
    ...(above.get(number) ?? []),
    line,
    ...(below.get(number) ?? []),
  ]);
  if (head?.end)
    written.splice(
      written.at(-1) === "" ? written.length - 1 : written.length,
      0,
      ...head.end.map((each) => (each === "" ? "" : `#${each}`)),
    );
  return written.join("\n");
}

/** Every field and item of a document in the order of the text. */
function standings(document: Document, starts: readonly number[]): Standing[] {
  const found: Standing[] = [];
  const visit = (path: Path, value: unknown, start: number) => {
    const { line, column } = place(starts, start);
    const node = value as Node | null;
    const range = node?.range ?? null;
    // Something empty ends where it begins; a range ends behind the line break.
    const lastLine = Math.max(line, place(starts, Math.max(start, (range?.[1] ?? start + 1) - 1)).line);
    const block = isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
    const index =
      found.push({
        pointer: toPointer(path),
        start,
        line,
        column,
        lastLine,
        inside: null,
        shares: false,
        flows: !block && isScalar(node) && lastLine > line,
      }) - 1;
    const inside = within(path, node);
    const own = found[index];
    if (own && inside !== null)
      found[index] = { ...own, ...inside, shares: inside.line === own.line, line: own.line };
  };
  const within = (path: Path, node: unknown): { inside: number; line: number; lastLine: number } | null => {
    const first = found.length;
    if (isMap(node) && node.srcToken?.type === "block-map")
      for (const { key, value } of node.items) {
        if (isScalar(key) && key.range) visit([...path, String(key.value)], value, key.range[0]);
      }
    else if (isSeq(node) && node.srcToken?.type === "block-seq") {
      const tokens = node.srcToken.items;
      node.items.forEach((item, index) => {
        const dash = tokens[index]?.start.find((token) => token.type === "seq-item-ind");
        if (dash) visit([...path, index], item, dash.offset);
      });
    }
    const inner = found[first];
    if (!inner) return null;
    // What ends last stands last.
    return { inside: inner.column, line: inner.line, lastLine: found.at(-1)?.lastLine ?? inner.lastLine };
  };
  if (!isAlias(document.contents)) within([], document.contents);
  return found;
}

/** The pointer of what a comment indented like this ends, below the last thing that was read. */
function endedBy(byPointer: ReadonlyMap<string, Standing>, last: string, column: number): string {
  for (let pointer = last; ;) {
    const each = byPointer.get(pointer);
    if (!each) return "";
    if (each.inside !== null && each.inside <= column) return pointer;
    pointer = pointer.slice(0, pointer.lastIndexOf("/"));
  }
}

interface Comment {
  readonly text: string;
  readonly column: number;
}

/** The comment of each line that has one; what is text in a scalar is none. */
function commentLines(text: string, starts: readonly number[]): Map<number, Comment> {
  const found = new Map<number, Comment>();
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END || lexeme === CST.SCALAR) continue;
    if (lexeme.startsWith("#")) {
      const { line, column } = place(starts, offset);
      found.set(line, { text: lexeme.slice(1).trimEnd(), column });
    }
    offset += lexeme.length;
  }
  return found;
}

/** The lines inside of scalars and of lists and fields written in brackets: nothing begins there. */
function scalarLines(document: Document, starts: readonly number[]): Set<number> {
  const found = new Set<number>();
  const visit = (node: unknown) => {
    const block =
      (isMap(node) && node.srcToken?.type === "block-map") ||
      (isSeq(node) && node.srcToken?.type === "block-seq");
    if (block && isMap(node)) node.items.forEach(({ value }) => visit(value));
    else if (block && isSeq(node)) node.items.forEach(visit);
    else {
      const range = (node as Node | null)?.range;
      if (!range) return;
      const first = place(starts, range[0]).line;
      const last = place(starts, Math.max(range[0], range[1] - 1)).line;
      for (let line = first + 1; line <= last; line++) found.add(line);
    }
  };
  visit(document.contents);
  return found;
}

function lineStarts(lines: readonly string[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return starts;
}

function place(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: offset - (starts[low] ?? 0) };
}
