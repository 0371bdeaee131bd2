import type { GraphEdge, GraphNode } from "@/graph/derive.ts";

/** The sizes of what is drawn, in pixels at 100 %. They equal the tokens of the same names. */
export const CARD_WIDTH = 224;
export const CARD_HEIGHT = 68;
const PILL_HEIGHT = 34;
/** The place at the end of a transition whose target is still to be chosen. */
const OPEN_HEIGHT = 44;
const END_WIDTH = 76;
const END_HEIGHT = 24;
export const BOX_SIDE = 20;
export const BOX_TOP = 36;
export const BOX_BOTTOM = 18;
export const MAP_FOOT = 30;
export const LANE_GAP = 16;
export const ROW_GAP = 28;
const LABEL_GAP = 40;
const COLUMN_GAP = 44;
/** Between a state and one at its side, with a label of usual length between: such states stand in one column. */
const SIDE_GAP = 124;
export const LABEL_HEIGHT = 18;
/** Where an edge meets the side of a card or box, from its top. */
const SIDE_PORT = 34;
export const CORNER = 9;
/** How much an edge leaves out where it gives way to another. */
export const EDGE_GAP = 6;

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function plainSize(node: Pick<GraphNode, "kind" | "name">): { width: number; height: number } {
  switch (node.kind) {
    case "start":
    case "end":
      return { width: END_WIDTH, height: END_HEIGHT };
    case "open":
      return { width: CARD_WIDTH, height: OPEN_HEIGHT };
    case "pill":
      return {
        width: Math.min(CARD_WIDTH, Math.max(128, 52 + Math.round(node.name.length * 6.6))),
        height: PILL_HEIGHT,
      };
    default:
      return { width: CARD_WIDTH, height: CARD_HEIGHT };
  }
}

/** The width of an edge's label with its padding and icon; a close guess, as there is nothing to measure with here. */
export function labelWidth(edge: GraphEdge): number {
  return edge.label === null ? 0 : 14 + Math.ceil(edge.label.length * 5.7) + (edge.kind === "catch" ? 16 : 0);
}

export function labelBox(edge: GraphEdge, at: { readonly x: number; readonly y: number }): Rect {
  const width = labelWidth(edge);
  return { x: at.x - width / 2, y: at.y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT };
}

/** Whether a point lies in a rectangle, or on its edge. */
export function contains(rect: Rect, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
}

export function overlap(one: Rect, other: Rect, margin = 0): boolean {
  return (
    one.x < other.x + other.width + margin &&
    other.x < one.x + one.width + margin &&
    one.y < other.y + other.height + margin &&
    other.y < one.y + one.height + margin
  );
}

/** What the layout keeps to, for a graph that runs down; one that runs to the right is laid on its side. */
export interface Metrics {
  /** Between rows, where the gap has neither label nor turn. */
  readonly rowGap: number;
  /** Between rows, where an edge has its label. */
  readonly labelRoom: (edge: GraphEdge) => number;
  readonly columnGap: number;
  /** How much a label takes across the direction. */
  readonly labelAcross: (edge: GraphEdge) => number;
  /** Between a state and the one at its side that an edge with a label leads to. */
  readonly sideGap: (edge: GraphEdge) => number;
  readonly sidePort: number;
  readonly cardHeight: number;
}

export const METRICS: Readonly<Record<"down" | "right", Metrics>> = {
  down: {
    rowGap: ROW_GAP,
    labelRoom: () => LABEL_GAP,
    columnGap: COLUMN_GAP,
    labelAcross: labelWidth,
    sideGap: (edge) => (edge.label === null ? COLUMN_GAP : Math.max(SIDE_GAP, labelWidth(edge) + 36)),
    sidePort: SIDE_PORT,
    cardHeight: CARD_HEIGHT,
  },
  right: {
    rowGap: COLUMN_GAP,
    labelRoom: (edge) => labelWidth(edge) + 30,
    columnGap: ROW_GAP,
    labelAcross: (edge) => (edge.label === null ? 0 : LABEL_HEIGHT + 6),
    sideGap: (edge) => ROW_GAP + (edge.label === null ? 0 : LABEL_HEIGHT + 6),
    sidePort: CARD_WIDTH / 2,
    cardHeight: CARD_WIDTH,
  },
};

export function transposed(rect: Rect): Rect {
  return { x: rect.y, y: rect.x, width: rect.height, height: rect.width };
}
