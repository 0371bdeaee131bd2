import type { Text } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

import {
  childrenOf,
  unquoted,
  wayTo,
  type Entry,
  type Notation,
  type Source,
  type Spot,
} from "@/code/notation.ts";

const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

function entries(node: SyntaxNode, doc: Text): Entry[] {
  return [...childrenOf(node)].flatMap((property) => {
    if (property.name !== "Property") return [];
    const value = property.lastChild && VALUES.has(property.lastChild.name) ? property.lastChild : null;
    const names = namesOf(property, doc);
    return names.map(({ from, to }, index): Entry => {
      const isLast = index === names.length - 1;
      return { name: unquoted(doc.sliceString(from, to)), from, to, value: isLast ? value : null };
    });
  });
}

/**
 * The name of a property, after those that are still without a colon: the parser takes `"Wa" "B": {}` for
 * one property "Wa" with a fault in it, though "Wa" is being written and the value belongs to "B".
 */
function namesOf(property: SyntaxNode, doc: Text): SyntaxNode[] {
  const names: SyntaxNode[] = [];
  for (const child of childrenOf(property)) {
    if (child.name === ":") break;
    const isSwallowed = child.type.isError && /^".*"$/.test(doc.sliceString(child.from, child.to));
    if (child.name === "PropertyName" || isSwallowed) names.push(child);
  }
  return names;
}

/** The text in quotation marks around a place; no text of JSON goes over a line. */
function quotedAt(doc: Text, offset: number): { from: number; to: number } | null {
  const line = doc.lineAt(offset);
  let from = -1;
  for (let at = line.from; at < offset; at++) {
    const sign = line.text[at - line.from];
    if (sign === "\\" && from >= 0) at++;
    else if (sign === '"') from = from < 0 ? at : -1;
  }
  if (from < 0) return null;
  // Without its end, what follows is not part of it.
  const rest = /^(?:[^"\\,:{}[\]]|\\.)*"/.exec(line.text.slice(offset - line.from));
  return { from, to: offset + (rest?.[0].length ?? 0) };
}

/** The last sign before a place that is no white space, and where it stands. */
function signBefore(doc: Text, offset: number): { sign: string; at: number } | null {
  for (let end = offset; end > 0; end -= 200) {
    const piece = doc.sliceString(Math.max(0, end - 200), end).trimEnd();
    if (piece !== "") return { sign: piece.at(-1) ?? "", at: Math.max(0, end - 200) + piece.length - 1 };
  }
  return null;
}

function signAfter(doc: Text, offset: number): string {
  for (let start = offset; start < doc.length; start += 200) {
    const piece = doc.sliceString(start, Math.min(doc.length, start + 200)).trimStart();
    if (piece !== "") return piece[0] ?? "";
  }
  return "";
}

/** The comma that keeps what is written at a spot apart from the name after it. */
function commaAfter(doc: Text, { to }: Spot): string {
  return signAfter(doc, to) === '"' ? "," : "";
}

/** The object or list around a place. */
function holderAt({ tree, doc }: Source, offset: number): SyntaxNode | null {
  let node: SyntaxNode | null = tree.resolveInner(offset, -1);
  for (; node; node = node.parent) {
    if (node.name !== "Object" && node.name !== "Array") continue;
    const closed = node.to > node.from + 1 && /[}\]]/.test(doc.sliceString(node.to - 1, node.to));
    if (node.from < offset && (offset < node.to || !closed)) return node;
  }
  return null;
}

function spotAt(source: Source, offset: number): Spot | null {
  const { doc } = source;
  const quoted = quotedAt(doc, offset);
  const word = quoted
    ? null
    : (/[\w.$-]*$/.exec(doc.sliceString(Math.max(0, offset - 100), offset))?.[0] ?? "");
  const from = quoted ? quoted.from : offset - (word?.length ?? 0);
  const rest = quoted ? null : (/^[\w.-]*/.exec(doc.sliceString(offset, offset + 100))?.[0] ?? "");
  const to = quoted ? quoted.to : offset + (rest?.length ?? 0);
  const typed = doc.sliceString(quoted ? from + 1 : from, offset);
  const holder = holderAt(source, from);
  if (!holder) return null;
  const way = wayTo(source, holder);
  const before = signBefore(doc, from);
  if (holder.name === "Array") {
    const index = [...childrenOf(holder)].filter(
      (child) => VALUES.has(child.name) && child.to <= from,
    ).length;
    return {
      role: "item",
      way: [...way, { step: index, holder }],
      holder: null,
      field: null,
      from,
      to,
      typed,
    };
  }
  if (before?.sign !== ":") return { role: "name", way, holder, field: null, from, to, typed };
  const field = entries(holder, doc).findLast((entry) => entry.to <= before.at)?.name ?? null;
  return { role: "value", way, holder, field, from, to, typed };
}

function indentAt(doc: Text, offset: number): string {
  return /^[ \t]*/.exec(doc.lineAt(offset).text)?.[0] ?? "";
}

/** The values that a field of a kind begins with, the caret within them. */
const BEGUN: Record<string, string> = {
  list: "[]",
  items: "[]",
  object: "{}",
  assign: "{}",
  arguments: "{}",
  payload: "{}",
  credentials: "{}",
};
const TEXTS = new Set([
  "text",
  "path",
  "path?",
  "reference?",
  "condition",
  "timestamp",
  "language",
  "mode",
  "jitter",
]);

export const JSON_NOTATION: Notation = {
  name: "json",
  root: (tree) => [...childrenOf(tree.topNode)].find((child) => VALUES.has(child.name)) ?? null,
  kind: (node) => (node.name === "Object" ? "object" : node.name === "Array" ? "list" : "scalar"),
  entries,
  items: (node) => [...childrenOf(node)].filter((child) => VALUES.has(child.name)),
  text: (node, doc) => unquoted(doc.sliceString(node.from, node.to)),
  isValue: (node) => VALUES.has(node.name),
  valueAround: (node) => {
    let at: SyntaxNode | null = node;
    while (at && !VALUES.has(at.name)) at = at.parent;
    return at;
  },
  wordAt: ({ tree, doc }, offset) => {
    const node = tree.resolveInner(offset, 1);
    const kind = node.name === "PropertyName" ? "name" : node.name === "String" ? "scalar" : null;
    return (
      kind && {
        kind,
        from: node.from,
        to: node.to,
        text: unquoted(doc.sliceString(node.from, node.to)),
        node,
      }
    );
  },
  spotAt,
  writeName: (spot, doc, name, kind) => {
    const written = JSON.stringify(name);
    if (/^\s*:/.test(doc.sliceString(spot.to, spot.to + 20))) return { text: written };
    const value = TEXTS.has(kind) ? '""' : (BEGUN[kind] ?? "");
    const text = `${written}: ${value}`;
    return { text: text + commaAfter(doc, spot), caret: text.length - (value === "" ? 0 : 1) };
  },
  writeValue: (value) => JSON.stringify(value),
  writeState: (spot, doc, name, state) => {
    const indent = indentAt(doc, spot.from);
    const body = JSON.stringify(state, null, 2).replaceAll("\n", `\n${indent}`);
    const comma = commaAfter(doc, spot);
    const line = spot.from === doc.lineAt(spot.from).from + indent.length ? "" : `\n${indent}`;
    const written = JSON.stringify(name);
    const start = line.length + 1;
    return { text: `${line}${written}: ${body}${comma}`, caret: start, selectTo: start + written.length - 2 };
  },
  missingComma: (spot, doc) => {
    const before = signBefore(doc, spot.from);
    return before && !/[{[,:]/.test(before.sign) ? before.at + 1 : null;
  },
};
