import type { Text } from "@codemirror/state";
import type { SyntaxNode, Tree } from "@lezer/common";

import { toPointer } from "@/asl/types.ts";

/** A text with its syntax tree, and what reads it. */
export interface Source {
  readonly doc: Text;
  readonly tree: Tree;
  readonly notation: Notation;
}

export interface Entry {
  readonly name: string;
  /** Of the name, with its quotation marks. */
  readonly from: number;
  readonly to: number;
  readonly value: SyntaxNode | null;
}

/** One step from the root of a definition, and the object or list it is taken in; null while that is not written. */
export interface Step {
  readonly step: string | number;
  readonly holder: SyntaxNode | null;
}

/** Where a place lies in a definition that may be broken. */
export interface Spot {
  /** Whether a field's name stands here, its value, or an item of a list. */
  readonly role: "name" | "value" | "item";
  /** The steps to the object or list that it is in. */
  readonly way: readonly Step[];
  /** That object or list; null while nothing is in it. */
  readonly holder: SyntaxNode | null;
  /** The field whose value it is. */
  readonly field: string | null;
  /** What is written there, with its quotation marks. */
  readonly from: number;
  readonly to: number;
  /** The part of it before the place, without them. */
  readonly typed: string;
}

/** What is written instead of the word at a spot. */
export interface Writing {
  readonly text: string;
  /** Where the caret stands in it then; at its end where nothing else is said. */
  readonly caret?: number;
  /** Up to where it is selected from there. */
  readonly selectTo?: number;
}

/** What differs between JSON and YAML; everything else about completion and help is one. */
export interface Notation {
  readonly name: "json" | "yaml";
  root: (tree: Tree) => SyntaxNode | null;
  kind: (node: SyntaxNode) => "object" | "list" | "scalar";
  entries: (node: SyntaxNode, doc: Text) => Entry[];
  items: (node: SyntaxNode) => SyntaxNode[];
  /** What a scalar says. */
  text: (node: SyntaxNode, doc: Text) => string;
  isValue: (node: SyntaxNode) => boolean;
  /** The value around a node. */
  valueAround: (node: SyntaxNode) => SyntaxNode | null;
  /** The name or scalar that stands at a place, without the step of a name. */
  wordAt: (source: Source, offset: number) => Word | null;
  spotAt: (source: Source, offset: number) => Spot | null;
  /** A field's name, ready for its value. */
  writeName: (spot: Spot, doc: Text, name: string, kind: string) => Writing;
  writeValue: (value: unknown) => string;
  /** A state under its name, among others. */
  writeState: (spot: Spot, doc: Text, name: string, state: unknown) => Writing;
  /** Where a comma is missing before what is put in at a spot; null where none is. */
  missingComma: (spot: Spot, doc: Text) => number | null;
}

export interface Word {
  readonly kind: "name" | "scalar";
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly node: SyntaxNode;
}

export function* childrenOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child;
}

/** What a text in double quotation marks says, as far as it is written; any other as it stands. */
export function unquoted(written: string): string {
  if (!written.startsWith('"')) return written;
  try {
    return JSON.parse(written) as string;
  } catch {
    return written.slice(1, written.length > 1 && written.endsWith('"') ? -1 : undefined);
  }
}

/** The steps from the root to a value. */
export function wayTo(source: Source, value: SyntaxNode | null): Step[] {
  const { notation, doc } = source;
  const way: Step[] = [];
  for (let node = value; node;) {
    const holder: SyntaxNode | null = node.parent && notation.valueAround(node.parent);
    if (!holder) break;
    const at = node;
    const step =
      notation.kind(holder) === "list"
        ? notation.items(holder).findIndex((item) => item.from === at.from && item.to === at.to)
        : notation.entries(holder, doc).find((entry) => entry.value && covers(entry.value, at))?.name;
    if (step !== undefined && step !== -1) way.unshift({ step, holder });
    node = holder;
  }
  return way;
}

function covers(one: SyntaxNode, other: SyntaxNode): boolean {
  return one.from <= other.from && other.to <= one.to;
}

/** The value of a field; null where there is none. */
export function fieldOf(source: Source, node: SyntaxNode | null, name: string): SyntaxNode | null {
  if (!node || source.notation.kind(node) !== "object") return null;
  return source.notation.entries(node, source.doc).find((entry) => entry.name === name)?.value ?? null;
}

/** What a field says, where it is a scalar. */
export function textOf(source: Source, node: SyntaxNode | null, name: string): string | null {
  const value = fieldOf(source, node, name);
  return value && source.notation.kind(value) === "scalar" ? source.notation.text(value, source.doc) : null;
}

export interface Range {
  readonly from: number;
  readonly to: number;
  /** The end of its name; of what has none, of its first sign. */
  readonly nameTo: number;
}

/** Finds where fields and items stand; what it has looked at once is not read again. */
export function placesIn(source: Source): (path: readonly (string | number)[]) => Range | null {
  const { notation, doc, tree } = source;
  const known = new Map<string, Map<string, { range: Range; value: SyntaxNode | null }>>();
  const inside = (pointer: string, node: SyntaxNode) => {
    const found = known.get(pointer);
    if (found) return found;
    const parts = new Map<string, { range: Range; value: SyntaxNode | null }>();
    known.set(pointer, parts);
    if (notation.kind(node) === "list")
      notation.items(node).forEach((item, index) =>
        parts.set(String(index), {
          range: { from: item.from, to: item.to, nameTo: item.from + 1 },
          value: item,
        }),
      );
    else if (notation.kind(node) === "object")
      for (const { name, from, to, value } of notation.entries(node, doc))
        parts.set(name, { range: { from, to: value?.to ?? to, nameTo: to }, value });
    return parts;
  };
  return (path) => {
    let node = notation.root(tree);
    let range: Range | null = node && { from: node.from, to: node.to, nameTo: node.from + 1 };
    for (const [depth, step] of path.entries()) {
      const part = node ? inside(toPointer(path.slice(0, depth)), node).get(String(step)) : undefined;
      if (!part) return null;
      ({ range, value: node } = part);
    }
    return range;
  };
}

/** The path of what stands at a place, or of what it is in. */
export function pathAt(source: Source, offset: number): (string | number)[] {
  const { notation, doc, tree } = source;
  const spot = notation.spotAt(source, offset);
  if (!spot) {
    const line = doc.lineAt(offset);
    const end = line.from + line.text.slice(0, offset - line.from).trimEnd().length;
    const node = tree.resolveInner(end, -1);
    const value = notation.isValue(node) ? node : notation.valueAround(node);
    return wayTo(source, value).map(({ step }) => step);
  }
  const way = spot.way.map(({ step }) => step);
  const { holder } = spot;
  if (spot.role === "value" && spot.field !== null) return [...way, spot.field];
  if (spot.role === "name" && holder && notation.kind(holder) === "object") {
    const entry = notation.entries(holder, doc).find(({ from, to }) => from <= offset && offset <= to);
    if (entry) return [...way, entry.name];
  }
  return way;
}
