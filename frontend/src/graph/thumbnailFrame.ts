import { START } from "@/graph/derive.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import type { Rect } from "@/graph/measures.ts";

/** The size of every thumbnail, whatever it holds. */
export const THUMBNAIL = { width: 300, height: 152 } as const;

const MARGIN = 13;
/* A small graph is not blown up: its cards look like those of its neighbours. */
const LARGEST = 0.2;
/* A large one that would be a hair's breadth shows its beginning instead. */
const SMALLEST = 0.055;

export interface ThumbnailFrame {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  /** The part of the graph that is seen. */
  readonly view: Rect;
}

/** How a graph stands in its thumbnail: all of it in the middle, or its beginning. */
export function thumbnailFrame(
  graph: Pick<PlacedGraph, "width" | "height" | "direction"> & {
    readonly rects: Pick<PlacedGraph["rects"], "get">;
  },
): ThumbnailFrame {
  const { width, height } = THUMBNAIL;
  const [across, down] = [(width - 2 * MARGIN) / graph.width, (height - 2 * MARGIN) / graph.height];
  const scale = round(Math.max(SMALLEST, Math.min(across, down, LARGEST)));
  const start = graph.rects.get(START);
  const place = (size: number, room: number, length: number, along: boolean, at: number) => {
    if (length * scale <= room - 2 * MARGIN + 1) return (room - length * scale) / 2;
    return along ? MARGIN - at * scale : room / 2 - (at + size / 2) * scale;
  };
  const isDown = graph.direction === "down";
  const x = round(place(start?.width ?? 0, width, graph.width, !isDown, start?.x ?? 0));
  const y = round(place(start?.height ?? 0, height, graph.height, isDown, start?.y ?? 0));
  return {
    scale,
    x,
    y,
    view: { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale },
  };
}

const round = (n: number) => Math.round(n * 10_000) / 10_000;
