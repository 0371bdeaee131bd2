import { openDocument, readLayout } from "@/document/document.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph, type PlacedGraph } from "@/graph/layout.ts";

/** The placed graph of a stored definition, with its stored layout. */
export function openGraph(definitionText: string, layout?: unknown): PlacedGraph {
  const document = openDocument(definitionText, readLayout(layout));
  return placeGraph(deriveGraph(document.definition), document.layout);
}
