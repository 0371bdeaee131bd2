import type { Edge, Node } from "@xyflow/react";

import { edgeKey, type EdgeStatus, type Overlay, type StateOverlay } from "@/canvas/overlay.ts";
import type { Point } from "@/document/document.ts";
import type { GraphNode } from "@/graph/derive.ts";
import { freeWay, type PlacedEdge, type PlacedGraph } from "@/graph/layout.ts";
import { BOX_TOP, LANE_GAP, type Rect } from "@/graph/measures.ts";
import type { Landing } from "@/graph/places.ts";

export interface NodeData extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly overlay: StateOverlay | null;
  /** Whether the Tab key comes here; one node of the canvas has it. */
  readonly tabStop: boolean;
  /** For a box, where the lines between its lanes stand. */
  readonly lanes: readonly number[];
  /** For a free place, what lands there. */
  readonly landing: Landing;
  readonly onPickItem: ((id: string, index: number) => void) | null;
}
export type CanvasNode = Node<NodeData>;

export interface EdgeData extends Record<string, unknown> {
  readonly edge: PlacedEdge;
  readonly status: EdgeStatus | null;
  readonly names: { readonly from: string; readonly to: string };
  readonly layer: number;
}
export type CanvasEdge = Edge<EdgeData>;

const KINDS: Record<GraphNode["kind"], string> = {
  start: "pill",
  end: "pill",
  pill: "pill",
  card: "card",
  parallel: "box",
  map: "box",
  empty: "empty",
};

export interface Shown {
  readonly graph: PlacedGraph;
  readonly overlay: Overlay | null;
  readonly selected: ReadonlySet<string>;
  readonly tabStop: string | null;
  /** How far nodes are dragged just now. */
  readonly drag: ReadonlyMap<string, Point>;
  readonly onPickItem: ((id: string, index: number) => void) | null;
  readonly movable: boolean;
}

/** How deep a node lies in boxes: what lies deeper is drawn above. */
function depthOf(graph: PlacedGraph, scope: string): number {
  let depth = 0;
  for (let owner = graph.scopes.get(scope)?.owner ?? null; owner !== null; depth++)
    owner = graph.scopes.get(graph.nodes.get(owner)?.scope ?? "")?.owner ?? null;
  return depth;
}

/** The nodes as React Flow takes them. */
function toNodes(shown: Shown, before: ReadonlyMap<string, CanvasNode>): CanvasNode[] {
  const { graph, overlay } = shown;
  return [...graph.nodes.values()].flatMap((node): CanvasNode[] => {
    const rect = graph.rects.get(node.id);
    if (!rect) return [];
    const moved = shown.drag.get(node.id);
    const ended = overlay && (node.kind === "start" || node.kind === "end") ? pillOverlay(shown, node) : null;
    const data: NodeData = {
      node,
      overlay: overlay?.states.get(node.name) ?? ended,
      tabStop: shown.tabStop === node.id,
      lanes: node.kind === "parallel" ? dividers(graph, node, rect) : [],
      landing: { place: { kind: "start", scope: node.path }, edge: null, line: null, fills: node.id },
      onPickItem: shown.onPickItem,
    };
    const old = before.get(node.id);
    const same = old && sameData(old.data, data);
    const next: CanvasNode = {
      id: node.id,
      type: KINDS[node.kind],
      position: { x: rect.x + (moved?.x ?? 0), y: rect.y + (moved?.y ?? 0) },
      width: rect.width,
      height: rect.height,
      data: same ? old.data : data,
      selected: shown.selected.has(node.id),
      draggable: shown.movable && node.state !== null,
      selectable: node.state !== null,
      connectable: node.state !== null,
      focusable: false,
      deletable: false,
      zIndex: depthOf(graph, node.scope) * 4 + (KINDS[node.kind] === "box" ? 0 : 2) + (moved ? 1000 : 0),
      ...(node.inner.length > 0 ? { dragHandle: undefined } : {}),
    };
    if (
      old &&
      same &&
      old.selected === next.selected &&
      old.draggable === next.draggable &&
      old.zIndex === next.zIndex &&
      old.position.x === next.position.x &&
      old.position.y === next.position.y &&
      old.width === next.width &&
      old.height === next.height
    )
      return [old];
    // Without `measured` React Flow forgets where the handles are, and takes the edges out for a frame.
    return [old ? { ...next, measured: { width: rect.width, height: rect.height } } : next];
  });
}

function pillOverlay({ graph, overlay }: Shown, node: GraphNode): StateOverlay | null {
  if (!overlay) return null;
  if (node.kind === "start") return { status: "succeeded", right: "" };
  const reached = graph.edges.some(
    (edge) => edge.to === node.id && overlay.edges.get(edgeKey(edge.from, null, "next")) === "taken",
  );
  return { status: reached ? "succeeded" : "not-started", right: "" };
}

function sameData(one: NodeData, other: NodeData): boolean {
  return (
    one.tabStop === other.tabStop &&
    one.onPickItem === other.onPickItem &&
    sameOverlay(one.overlay, other.overlay) &&
    (one.node === other.node ||
      (one.node.name === other.node.name &&
        one.node.kind === other.node.kind &&
        one.node.state === other.node.state &&
        String(one.node.path) === String(other.node.path))) &&
    one.lanes.length === other.lanes.length &&
    one.lanes.every((x, index) => x === other.lanes[index])
  );
}

function sameOverlay(one: StateOverlay | null, other: StateOverlay | null): boolean {
  if (one === other) return true;
  return (
    one !== null &&
    other !== null &&
    one.status === other.status &&
    one.right === other.right &&
    one.items === other.items
  );
}

function dividers(graph: PlacedGraph, node: GraphNode, box: Rect): number[] {
  return node.inner.slice(0, -1).flatMap((id) => {
    const lane = graph.lanes.get(id);
    return lane && lane.y >= box.y + BOX_TOP - 1 ? [lane.x + lane.width + LANE_GAP / 2 - box.x - 1] : [];
  });
}

function toEdges(shown: Shown, before: ReadonlyMap<string, CanvasEdge>): CanvasEdge[] {
  const { graph, overlay, drag } = shown;
  const dragged = drag.size > 0 ? draggedRects(graph, drag) : null;
  return graph.edges.flatMap((edge): CanvasEdge[] => {
    const target = edge.to ?? edge.from;
    const layer = depthOf(graph, edge.scope) * 4 + 1;
    const touched = dragged !== null && (drag.has(edge.from) || (edge.to !== null && drag.has(edge.to)));
    const toNode = edge.to === null ? null : graph.nodes.get(edge.to);
    const key = edgeKey(edge.from, edge.kind === "end" ? null : (toNode?.name ?? null), edge.kind);
    const status: EdgeStatus | null = !overlay
      ? null
      : edge.kind === "start"
        ? "taken"
        : (overlay.edges.get(key) ?? null);
    const old = before.get(edge.id);
    if (
      old &&
      !touched &&
      old.data &&
      sameEdge(old.data.edge, edge) &&
      old.data.status === status &&
      old.zIndex === layer
    )
      return [old];
    const names = { from: graph.nodes.get(edge.from)?.name ?? "", to: toNode?.name ?? "End" };
    const shownEdge =
      touched && dragged
        ? {
            ...edge,
            way: freeWay(edge, new Map([...dragged].filter(([id]) => id === edge.from || id === edge.to))),
            labelAt: null,
          }
        : edge;
    return [
      {
        id: edge.id,
        type: "way",
        source: edge.from,
        target,
        sourceHandle: edge.kind === "catch" ? "catch" : "next",
        targetHandle: "in",
        data: { edge: shownEdge, status, names, layer },
        zIndex: layer,
        focusable: false,
        selectable: false,
        deletable: false,
      },
    ];
  });
}

function draggedRects(graph: PlacedGraph, drag: ReadonlyMap<string, Point>): Map<string, Rect> {
  return new Map(
    [...graph.rects].map(([id, rect]) => {
      const by = drag.get(id);
      return [id, by ? { ...rect, x: rect.x + by.x, y: rect.y + by.y } : rect];
    }),
  );
}

/** What was drawn last. What did not change keeps its identity, so that it is not drawn again. */
export class Drawn {
  private nodes: ReadonlyMap<string, CanvasNode> = new Map();
  private edges: ReadonlyMap<string, CanvasEdge> = new Map();

  next(shown: Shown): { nodes: CanvasNode[]; edges: CanvasEdge[] } {
    const nodes = toNodes(shown, this.nodes);
    const edges = toEdges(shown, this.edges);
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.edges = new Map(edges.map((edge) => [edge.id, edge]));
    return { nodes, edges };
  }
}

function sameEdge(one: PlacedEdge, other: PlacedEdge): boolean {
  if (one === other) return true;
  return (
    one.label === other.label &&
    one.title === other.title &&
    one.kind === other.kind &&
    one.plusAt.x === other.plusAt.x &&
    one.plusAt.y === other.plusAt.y &&
    one.labelAt?.x === other.labelAt?.x &&
    one.labelAt?.y === other.labelAt?.y &&
    one.way.length === other.way.length &&
    one.way.every((point, index) => point.x === other.way[index]?.x && point.y === other.way[index]?.y) &&
    String(one.fields) === String(other.fields)
  );
}
