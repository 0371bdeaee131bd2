import { openDocument, readLayout } from "@/document/document.ts";
import type { StateType } from "@/asl/types.ts";
import { deriveGraph, type NodeKind } from "@/graph/derive.ts";
import { placeGraph } from "@/graph/layout.ts";
import type { Rect } from "@/graph/measures.ts";
import { pathOf } from "@/graph/path.ts";

export interface ThumbnailNode extends Rect {
  readonly id: string;
  readonly name: string;
  readonly kind: "pill" | "card" | "box";
  readonly type: StateType | null;
}

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** Boxes stand before what is in them. */
  readonly nodes: readonly ThumbnailNode[];
  /** The `d` of each edge's path. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
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
  const nodes = [...placed.nodes.values()].flatMap((node) => {
    const rect = placed.rects.get(node.id);
    const kind = SHAPES[node.kind];
    return rect && kind ? [{ ...rect, id: node.id, name: node.name, kind, type: node.type }] : [];
  });
  if (!nodes.some((node) => node.type !== null)) return null;
  const edges = placed.edges.flatMap((edge) =>
    edge.to !== null && edge.way.length > 1 ? [{ from: edge.from, to: edge.to, path: pathOf(edge.way) }] : [],
  );
  return { width: placed.width, height: placed.height, nodes, edges };
}
