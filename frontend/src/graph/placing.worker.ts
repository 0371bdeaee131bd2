import type { Layout } from "@/document/document.ts";
import { place, type Placement, type Skeleton } from "@/graph/placement.ts";

export interface PlacingRequest {
  readonly number: number;
  /** Left out when it is the one sent last. */
  readonly graph: Skeleton | null;
  readonly layout: Pick<Layout, "positions" | "folded" | "notes" | "direction">;
}

export interface PlacingAnswer {
  readonly number: number;
  readonly placement: Placement;
}

let last: Skeleton = { nodes: new Map(), scopes: new Map() };

self.addEventListener("message", (event: MessageEvent<PlacingRequest>) => {
  const { number, graph, layout } = event.data;
  if (graph) last = graph;
  const answer: PlacingAnswer = { number, placement: place(last, layout) };
  self.postMessage(answer);
});
