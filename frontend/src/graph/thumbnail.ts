import { openDocument, readLayout } from "@/document/document.ts";
import type { StateType } from "@/asl/types.ts";
import { deriveGraph, type NodeKind } from "@/graph/derive.ts";
import { placeGraph } from "@/graph/layout.ts";
import { lookupOf } from "@/graph/lookup.ts";
import { overlap, type Rect } from "@/graph/measures.ts";
import { pathOf } from "@/graph/path.ts";
import { thumbnailFrame } from "@/graph/thumbnailFrame.ts";

export interface ThumbnailNode extends Rect {
  readonly id: string;
  readonly name: string;
  readonly kind: "pill" | "card" | "box";
  readonly type: StateType | null;
}

export interface Thumbnail {
  /** The transform that puts the graph into the picture. */
  readonly transform: string;
  /** Those that are seen; boxes stand before what is in them. */
  readonly nodes: readonly ThumbnailNode[];
  /** The `d` of all lines that are seen. */
  readonly lines: string;
}

const SHAPES: Partial<Record<NodeKind, ThumbnailNode["kind"]>> = {
  start: "pill",
  end: "pill",
  pill: "pill",
  card: "card",
  parallel: "box",
  map: "box",
};

/** The outline of a workflow for its thumbnail; null for a text that is no definition or has no state. */
export function layoutForThumbnail(definitionText: string, layout?: unknown): Thumbnail | null {
  const document = openDocument(definitionText, readLayout(layout));
  if (document.problem) return null;
  const placed = placeGraph(deriveGraph(document.definition), document.layout);
  if (![...placed.nodes.values()].some((node) => node.state !== null)) return null;
  const { scale, x, y, view } = thumbnailFrame(placed);
  const nodes = [...placed.nodes.values()].flatMap((node) => {
    const rect = placed.rects.get(node.id);
    const kind = SHAPES[node.kind];
    return rect && kind && overlap(rect, view)
      ? [{ ...rect, id: node.id, name: node.name, kind, type: node.type }]
      : [];
  });
  const { around } = lookupOf(placed);
  const lines = placed.edges.flatMap((edge) =>
    edge.to !== null && edge.way.length > 1 && overlap(around.get(edge) ?? view, view)
      ? [pathOf(edge.way)]
      : [],
  );
  return {
    transform: `translate(${x} ${y}) scale(${scale})`,
    nodes,
    // Lines that many edges have in common are drawn once.
    lines: [...new Set(lines)].join(" "),
  };
}
