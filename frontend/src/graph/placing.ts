import type { Layout } from "@/document/document.ts";
import type { Graph } from "@/graph/derive.ts";
import { place, type Placement, type Skeleton } from "@/graph/placement.ts";
import type { PlacingAnswer, PlacingRequest } from "@/graph/placing.worker.ts";

/** Graphs up to this many nodes are placed in a few milliseconds: sending them away would take longer. */
export const AT_ONCE = 150;

/** Places large graphs in a worker. Only the newest request is answered: older ones are overtaken. */
export class Placer {
  private worker: Worker | null = null;
  private sent: Graph | null = null;
  private number = 0;
  private waiting: { number: number; done: (placement: Placement) => void } | null = null;
  private next: { graph: Graph; layout: Layout; done: (placement: Placement) => void } | null = null;

  place(graph: Graph, layout: Layout, done: (placement: Placement) => void): void {
    this.next = { graph, layout, done };
    if (!this.waiting) this.send();
  }

  close(): void {
    this.worker?.terminate();
    this.worker = null;
    this.sent = null;
    this.waiting = this.next = null;
  }

  private send(): void {
    if (!this.next) return;
    const { graph, layout, done } = this.next;
    this.next = null;
    const worker = this.started();
    if (!worker) {
      done(place(graph, layout));
      return;
    }
    const request: PlacingRequest = {
      number: ++this.number,
      graph: graph === this.sent ? null : skeletonOf(graph),
      layout: only(layout),
    };
    this.sent = graph;
    this.waiting = { number: request.number, done };
    worker.postMessage(request);
  }

  private started(): Worker | null {
    if (this.worker) return this.worker;
    if (typeof Worker === "undefined") return null;
    const worker = new Worker(new URL("./placing.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<PlacingAnswer>) => {
      const waiting = this.waiting;
      this.waiting = null;
      // What was overtaken while it was worked on is not shown: the newer one follows at once.
      if (waiting?.number === event.data.number && !this.next) waiting.done(event.data.placement);
      this.send();
    });
    this.worker = worker;
    return worker;
  }
}

function only({ positions, folded, notes, direction }: Layout): PlacingRequest["layout"] {
  return {
    positions,
    ...(folded ? { folded } : {}),
    ...(notes ? { notes } : {}),
    ...(direction ? { direction } : {}),
  };
}

/** The graph without the states themselves: a worker needs their names and how they are joined. */
function skeletonOf(graph: Graph): Skeleton {
  return {
    nodes: new Map(
      [...graph.nodes].map(([id, { kind, name, inner }]) => [id, { id, kind, name, inner }] as const),
    ),
    scopes: new Map(
      [...graph.scopes].map(
        ([id, scope]) =>
          [
            id,
            {
              id,
              owner: scope.owner,
              start: scope.start,
              nodes: scope.nodes,
              edges: scope.edges.map((edge) => ({ ...edge, title: null, fields: [] })),
            },
          ] as const,
      ),
    ),
  };
}
