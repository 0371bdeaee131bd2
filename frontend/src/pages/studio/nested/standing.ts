import type { Path } from "@/asl/types.ts";
import { NO_SHIFT, type Brought, type Shift } from "@/document/commands/nested/brought.ts";
import type { Published } from "@/document/commands/nested/bringIn.ts";
import { nestedDocument, type Extraction, type Moved } from "@/document/commands/nested/extract.ts";
import {
  openDocument,
  samePath,
  withLayout,
  type Layout,
  type Point,
  type WorkflowDocument,
} from "@/document/document.ts";
import { nameOf, scopeOfState } from "@/document/places.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph, type PlacedGraph } from "@/graph/layout.ts";

/** How far states and notes move when they are extracted: the first one goes where a first one stands. */
export function movedOut(
  document: WorkflowDocument,
  graph: PlacedGraph,
  extraction: Extraction,
  notes: readonly string[],
): Moved {
  const nested = nestedDocument(document, extraction);
  const alone = placed(nested, withLayout(nested.layout, { positions: {}, notes: [] }));
  const path = [...extraction.scope, "States", extraction.start];
  return { ...shiftBetween(graph, path, alone, ["States", extraction.start]), notes };
}

/** How far they move when they come back: the first one goes where the Task stands. */
export function movedIn(graph: PlacedGraph, task: Path, published: Published, brought: Brought): Shift {
  const [first] = brought.states;
  if (brought.boxed || !first) return NO_SHIFT;
  const here = nameOf(first);
  const there = [...brought.renamed].find(([, name]) => name === here)?.[0] ?? here;
  const nested = openDocument(published.text, published.layout);
  const { notes: _notes, ...layout } = nested.layout;
  const { shift, noteShift } = shiftBetween(graph, task, placed(nested, layout), ["States", there]);
  return { shift: back(shift), noteShift: back(noteShift) };
}

function placed(document: WorkflowDocument, layout: Layout): PlacedGraph {
  return placeGraph(deriveGraph(document.definition), layout);
}

/** From where a state stands in one graph, counted from its scope and from the start, to a place in another. */
function shiftBetween(from: PlacedGraph, state: Path, to: PlacedGraph, other: Path): Shift {
  const scope = scopeOfState(state);
  const id = [...from.scopes.values()].find((each) => samePath(each.path, scope))?.id ?? "";
  const start = placeOf(from, state, id);
  const fromRoot = placeOf(from, state, "");
  const end = placeOf(to, other, "");
  if (!start || !fromRoot || !end) return NO_SHIFT;
  return { shift: between(start, end), noteShift: between(fromRoot, end) };
}

function placeOf(graph: PlacedGraph, path: Path, scope: string): Point | null {
  const node = [...graph.nodes.values()].find((each) => each.state !== null && samePath(each.path, path));
  const rect = node && graph.rects.get(node.id);
  const origin = graph.origins.get(scope);
  return rect && origin ? { x: rect.x - origin.x, y: rect.y - origin.y } : null;
}

function between(one: Point, other: Point): Point {
  return { x: Math.round(other.x - one.x), y: Math.round(other.y - one.y) };
}

function back({ x, y }: Point): Point {
  return { x: -x, y: -y };
}
