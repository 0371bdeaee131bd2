import type { Text } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import { stringify } from "yaml";

import {
  childrenOf,
  unquoted,
  wayTo,
  type Entry,
  type Notation,
  type Source,
  type Spot,
  type Step,
} from "@/code/notation.ts";

const VALUES = new Set([
  "BlockMapping",
  "FlowMapping",
  "BlockSequence",
  "FlowSequence",
  "Literal",
  "QuotedLiteral",
  "BlockLiteral",
  "Alias",
]);
const SCALARS = new Set(["Literal", "QuotedLiteral", "BlockLiteral"]);

/** What a pair or an item holds, behind its tag and anchor. */
function valueIn(node: SyntaxNode): SyntaxNode | null {
  for (const child of childrenOf(node)) {
    if (child.name === "Tagged" || child.name === "Anchored") return valueIn(child);
    if (VALUES.has(child.name)) return child;
  }
  return null;
}

/** What a scalar of one line says: plain, or in quotation marks of either kind. */
function textOfWord(written: string): string {
  if (!written.startsWith("'")) return unquoted(written);
  return written.slice(1, written.length > 1 && written.endsWith("'") ? -1 : undefined).replaceAll("''", "'");
}

function entries(node: SyntaxNode, doc: Text): Entry[] {
  const found: Entry[] = [];
  for (const pair of childrenOf(node)) {
    const name = pair.name === "Pair" ? pair.getChild("Key") : null;
    if (name)
      found.push({
        name: textOfWord(doc.sliceString(name.from, name.to)),
        from: name.from,
        to: name.to,
        value: valueIn(pair),
      });
  }
  return found;
}

const isObject = (node: SyntaxNode) => node.name === "BlockMapping" || node.name === "FlowMapping";
const isList = (node: SyntaxNode) => node.name === "BlockSequence" || node.name === "FlowSequence";

function items(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const item of childrenOf(node)) {
    const value = item.name === "Item" ? valueIn(item) : null;
    if (value) found.push(value);
  }
  return found;
}

function columnOf(doc: Text, offset: number): number {
  return offset - doc.lineAt(offset).from;
}

/** The column at which the fields of an object begin. */
function columnIn(doc: Text, node: SyntaxNode): number {
  return columnOf(doc, node.getChild("Pair")?.from ?? node.from);
}

/** The end of the last text before a line that is neither blank nor a comment; -1 where there is none. */
function textBefore(doc: Text, line: number): number {
  for (let number = line - 1; number > 0; number--) {
    const { text, from } = doc.line(number);
    if (/^\s*(#|$)/.test(text)) continue;
    return from + text.replace(/\s+#.*$/, "").trimEnd().length;
  }
  return -1;
}

/** The object whose fields stand at this column on a line, with the steps to it. */
function objectAt(
  source: Source,
  line: number,
  column: number,
): { way: Step[]; holder: SyntaxNode | null } | null {
  const { doc, tree } = source;
  const end = textBefore(doc, line);
  if (end < 0)
    return column === 0 || source.notation.root(tree) === null
      ? { way: [], holder: source.notation.root(tree) }
      : null;
  for (let node: SyntaxNode | null = tree.resolveInner(end, -1); node; node = node.parent) {
    if (node.name === "BlockMapping" && columnIn(doc, node) === column)
      return { way: wayTo(source, node), holder: node };
    if (node.name !== "Pair" || columnOf(doc, node.from) >= column) continue;
    const value = valueIn(node);
    if (value && !(value.name === "BlockMapping" && columnIn(doc, value) === column)) continue;
    const holder = node.parent;
    const name = node.getChild("Key");
    if (!holder || !name) return null;
    const step = textOfWord(doc.sliceString(name.from, name.to));
    return { way: [...wayTo(source, holder), { step, holder }], holder: value };
  }
  return null;
}

/** The nearest node around that is one of these. */
function around(node: SyntaxNode | null, names: ReadonlySet<string> | readonly string[]): SyntaxNode | null {
  const wanted = new Set(names);
  for (let at = node; at; at = at.parent) if (wanted.has(at.name)) return at;
  return null;
}

/** The place behind the colon of a pair, or in its value. */
function valueSpot(source: Source, pair: SyntaxNode, offset: number, scalar: SyntaxNode | null): Spot | null {
  const { doc } = source;
  const [holder, name] = [pair.parent, pair.getChild("Key")];
  if (!holder || !name) return null;
  const field = textOfWord(doc.sliceString(name.from, name.to));
  const written = scalar ? doc.sliceString(scalar.from, offset) : "";
  const block = scalar?.name === "BlockLiteral";
  return {
    role: "value",
    way: wayTo(source, holder),
    holder,
    field,
    from: scalar && !block ? scalar.from : offset,
    to: scalar && !block ? Math.max(scalar.to, offset) : offset,
    typed: /^["']/.test(written) ? written.slice(1) : written,
  };
}

function spotAt(source: Source, offset: number): Spot | null {
  const { doc, tree } = source;
  const line = doc.lineAt(offset);
  const before = line.text.slice(0, offset - line.from);
  const inner = tree.resolveInner(offset, -1);
  if (inner.name === "Comment" && offset > inner.from) return null;

  // A word that a tree holds; blanks behind it are not part of it but of a text in marks or a block.
  const solid = line.from + before.trimEnd().length;
  const at = tree.resolveInner(solid, -1);
  const scalar = around(inner, SCALARS) ?? (solid > line.from && at.name === "Literal" ? at : null);
  const owner = scalar?.parent ?? null;
  const open =
    scalar !== null && (scalar.name !== "QuotedLiteral" || offset < scalar.to || !closed(doc, scalar));
  if (scalar && open && owner) {
    if (owner.name === "Key") {
      const holder = owner.parent?.parent ?? null;
      const typed = doc.sliceString(scalar.from, offset).replace(/^["']/, "");
      return (
        holder && {
          role: "name",
          way: wayTo(source, holder),
          holder,
          field: null,
          from: scalar.from,
          to: scalar.to,
          typed,
        }
      );
    }
    const pair = around(owner, ["Pair", "Item"]);
    if (pair?.name === "Pair") return valueSpot(source, pair, offset, scalar);
    if (pair) return itemSpot(source, pair, scalar, offset);
  }

  const flow = around(inner, ["FlowMapping", "FlowSequence"]);
  if (
    flow &&
    flow.from < offset &&
    (offset < flow.to || !/[}\]]/.test(doc.sliceString(flow.to - 1, flow.to)))
  ) {
    if (flow.name === "FlowMapping") {
      if (at.name === ":" && at.parent?.name === "Pair") return valueSpot(source, at.parent, offset, null);
      return {
        role: "name",
        way: wayTo(source, flow),
        holder: flow,
        field: null,
        from: offset,
        to: offset,
        typed: "",
      };
    }
    const index = items(flow).filter((item) => item.to <= offset).length;
    return {
      role: "item",
      way: [...wayTo(source, flow), { step: index, holder: flow }],
      holder: null,
      field: null,
      from: offset,
      to: offset,
      typed: "",
    };
  }

  if (at.name === ":" && solid > line.from && solid < offset && at.parent?.name === "Pair")
    return valueSpot(source, at.parent, offset, null);
  if (at.name === "-" && solid > line.from && solid < offset && at.nextSibling?.name === "Item")
    return itemSpot(source, at.nextSibling, null, offset);
  if (before.trim() !== "") return null;
  const object = objectAt(source, line.number, before.length);
  return object && { role: "name", ...object, field: null, from: offset, to: offset, typed: "" };
}

function closed(doc: Text, scalar: SyntaxNode): boolean {
  const written = doc.sliceString(scalar.from, scalar.to);
  return written.length > 1 && written.at(-1) === written[0];
}

function itemSpot(source: Source, item: SyntaxNode, scalar: SyntaxNode | null, offset: number): Spot | null {
  const list = item.parent;
  if (!list) return null;
  const step = [...childrenOf(list)].filter((each) => each.name === "Item" && each.from < item.from).length;
  const [from, to] = scalar ? [scalar.from, Math.max(scalar.to, offset)] : [offset, offset];
  const typed = source.doc.sliceString(from, offset).replace(/^["']/, "");
  return {
    role: "item",
    way: [...wayTo(source, list), { step, holder: list }],
    holder: null,
    field: null,
    from,
    to,
    typed,
  };
}

function written(value: unknown): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}

const NESTED = new Set(["object", "assign", "arguments", "payload", "credentials"]);
const LISTS = new Set(["list", "items"]);

export const YAML_NOTATION: Notation = {
  name: "yaml",
  root: (tree) => {
    const document = tree.topNode.getChild("Document");
    return document && valueIn(document);
  },
  kind: (node) => (isObject(node) ? "object" : isList(node) ? "list" : "scalar"),
  entries,
  items,
  text: (node, doc) => textOfWord(doc.sliceString(node.from, node.to)),
  isValue: (node) => VALUES.has(node.name),
  valueAround: (node) => {
    let at: SyntaxNode | null = node;
    while (at && !isObject(at) && !isList(at)) at = at.parent;
    return at;
  },
  wordAt: ({ tree, doc }, offset) => {
    const node = around(tree.resolveInner(offset, 1), SCALARS);
    if (!node || offset > node.to) return null;
    const kind = node.parent?.name === "Key" ? "name" : "scalar";
    return {
      kind,
      from: node.from,
      to: node.to,
      text: textOfWord(doc.sliceString(node.from, node.to)),
      node,
    };
  },
  spotAt,
  writeName: (spot, doc, name, kind) => {
    const key = written(name);
    if (/^[ \t]*:/.test(doc.sliceString(spot.to, spot.to + 20))) return { text: key };
    const flow = spot.holder?.name === "FlowMapping";
    const indent = " ".repeat(columnOf(doc, spot.from) + 2);
    if (!flow && NESTED.has(kind)) return { text: `${key}:\n${indent}` };
    if (!flow && LISTS.has(kind)) return { text: `${key}:\n${indent}- ` };
    return { text: `${key}: ` };
  },
  writeValue: written,
  writeState: (spot, doc, name, state) => {
    const line = doc.lineAt(spot.from);
    const indent = " ".repeat(spot.from - line.from);
    const key = written(name);
    const body = stringify(state, { lineWidth: 110 }).trimEnd().replaceAll("\n", `\n${indent}  `);
    const rest = doc.sliceString(spot.to, line.to).trim() === "" ? "" : `\n${indent}`;
    return { text: `${key}:\n${indent}  ${body}${rest}`, caret: 0, selectTo: key.length };
  },
  missingComma: () => null,
};
