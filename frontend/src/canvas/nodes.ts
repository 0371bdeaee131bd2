import { Position, type Node, type NodeHandle } from "@xyflow/react";

import { NOTE } from "@/canvas/editing.ts";
import type { Overlay, StateOverlay } from "@/canvas/overlay.ts";
import { edgeKey } from "@/canvas/overlay.ts";
import type { Note, Point } from "@/document/document.ts";
import { disabledOriginal } from "@/document/commands/disable.ts";
import type { Disabled } from "@/document/layout.ts";
import type { GraphNode } from "@/graph/derive.ts";
import { heldIn, type PlacedGraph } from "@/graph/layout.ts";
import { BOX_TOP, LANE_GAP, overlap, type Rect } from "@/graph/measures.ts";
import { fillingOf, type Landing } from "@/graph/places.ts";
import type { Status } from "@/ui/status.ts";

/** What a folded box holds: how many states, and while running how many in which status. */
export interface Held {
  readonly count: number;
  readonly statuses: Partial<Record<Status, number>> | null;
}

export interface NodeData extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly overlay: StateOverlay | null;
  /** Whether the Tab key comes here; one node of the canvas has it. */
  readonly tabStop: boolean;
  /** For a box, where the lines between its lanes stand: from its left, or from its top. */
  readonly lanes: readonly number[];
  /** For a free place, what lands there. */
  readonly landing: Landing;
  readonly problem: "ERROR" | "WARNING" | null;
  readonly held: Held | null;
  readonly disabled: Disabled | null;
  readonly direction: "down" | "right";
  readonly onPickItem: ((id: string, index: number) => void) | null;
}
export type StateNode = Node<NodeData>;
export interface NoteData extends Record<string, unknown> {
  readonly note: Note;
  readonly tabStop: boolean;
}
export type NoteNode = Node<NoteData, "note">;
export type CanvasNode = StateNode | NoteNode;

export function isNote(node: CanvasNode): node is NoteNode {
  return node.type === "note";
}

const KINDS: Record<GraphNode["kind"], string> = {
  start: "pill",
  end: "pill",
  pill: "pill",
  card: "card",
  parallel: "box",
  map: "box",
  empty: "empty",
  open: "empty",
};

/** The layers of the canvas: notes, boxes by their depth, edges, cards, labels; what is dragged lies above all. */
export const LAYERS = { note: 0, box: 1, edges: 100, card: 200, labels: 300, dragged: 1000 } as const;

const MOST_HELD = 300;

export interface Shown {
  readonly graph: PlacedGraph;
  readonly overlay: Overlay | null;
  readonly selected: ReadonlySet<string>;
  readonly tabStop: string | null;
  readonly problems: ReadonlyMap<string, "ERROR" | "WARNING"> | null;
  readonly onPickItem: ((id: string, index: number) => void) | null;
  readonly movable: boolean;
  /** How far nodes are dragged just now. */
  readonly drag: ReadonlyMap<string, Point>;
  /** What is in view and a little more; null when nodes are painted and only what is held is drawn. */
  readonly view: Rect | null;
}

/**
 * The nodes as React Flow takes them: those in view, those held, and the one that the Tab key comes to.
 * What did not change keeps its identity, so that it is not drawn again.
 */
export class Drawn {
  private before: ReadonlyMap<string, CanvasNode> = new Map();
  private near: readonly string[] = [];
  private graph: PlacedGraph | null = null;
  private view: Rect | null = null;

  next(shown: Shown): CanvasNode[] {
    const { graph, view, drag, selected, tabStop } = shown;
    const nodes: CanvasNode[] = [];
    if (this.graph !== graph || this.view !== view) {
      this.graph = graph;
      this.view = view;
      this.near = [...graph.rects].flatMap(([id, rect]) => (view && overlap(rect, view) ? [id] : []));
    }
    // In a small number of cases what is held is out of view: it is what keys and the pointer speak of.
    const held = view ? [...selected].slice(0, MOST_HELD) : [];
    const ids = new Set([...this.near, ...drag.keys(), ...held]);
    if (tabStop !== null) ids.add(tabStop);
    for (const id of ids) {
      const [node, rect] = [graph.nodes.get(id), graph.rects.get(id)];
      if (node && rect) nodes.push(this.stateNode(shown, node, rect));
    }
    for (const note of graph.notes)
      if ((view !== null && overlap(note, view)) || drag.has(NOTE + note.id) || tabStop === NOTE + note.id)
        nodes.push(this.noteNode(shown, note));
    this.before = new Map(nodes.map((node) => [node.id, node]));
    return nodes;
  }

  private stateNode(shown: Shown, node: GraphNode, rect: Rect): CanvasNode {
    const { graph } = shown;
    const moved = shown.drag.get(node.id);
    const old = this.before.get(node.id) as StateNode | undefined;
    const data = dataOf(shown, node, rect);
    const same = old && sameData(old.data, data);
    const folded = graph.folded.has(node.id);
    const kind = folded ? "card" : KINDS[node.kind];
    const depth = kind === "box" ? LAYERS.box + depthOf(graph, node.scope) : LAYERS.card;
    const next: StateNode = {
      id: node.id,
      type: kind,
      position: { x: rect.x + (moved?.x ?? 0), y: rect.y + (moved?.y ?? 0) },
      width: rect.width,
      height: rect.height,
      // Known beforehand, so that nothing is measured and nothing drawn twice.
      measured: { width: rect.width, height: rect.height },
      handles: handlesOf(rect, graph.direction),
      data: same ? old.data : data,
      selected: shown.selected.has(node.id),
      draggable: shown.movable && node.state !== null,
      selectable: node.state !== null,
      connectable: node.state !== null,
      focusable: false,
      deletable: false,
      zIndex: depth + (moved ? LAYERS.dragged : 0),
    };
    return old && same && sameNode(old, next) ? old : next;
  }

  private noteNode(shown: Shown, note: Note): CanvasNode {
    const id = NOTE + note.id;
    const moved = shown.drag.get(id);
    const old = this.before.get(id) as NoteNode | undefined;
    const tabStop = shown.tabStop === id;
    const same = old?.data.note === note && old.data.tabStop === tabStop;
    const next: NoteNode = {
      id,
      type: "note",
      position: { x: note.x + (moved?.x ?? 0), y: note.y + (moved?.y ?? 0) },
      width: note.width,
      height: note.height,
      measured: { width: note.width, height: note.height },
      handles: [],
      data: same ? old.data : { note, tabStop },
      selected: shown.selected.has(id),
      draggable: shown.movable,
      selectable: true,
      connectable: false,
      focusable: false,
      deletable: false,
      zIndex: LAYERS.note + (moved ? LAYERS.dragged : 0),
    };
    return same && sameNode(old, next) ? old : next;
  }
}

/** How deep a node lies in boxes: what lies deeper is drawn above. */
function depthOf(graph: PlacedGraph, scope: string): number {
  let depth = 0;
  for (let owner = graph.scopes.get(scope)?.owner ?? null; owner !== null; depth++)
    owner = graph.scopes.get(graph.nodes.get(owner)?.scope ?? "")?.owner ?? null;
  return depth;
}

function handlesOf({ width, height }: Rect, direction: "down" | "right"): NodeHandle[] {
  const down = direction === "down";
  const size = { width: 9, height: 9 };
  const bottom = { position: Position.Bottom, x: width / 2 - 4, y: height - 4, ...size };
  const right = { position: Position.Right, x: width - 4, y: Math.min(34, height / 2) - 4, ...size };
  return [
    { id: "in", type: "target", position: down ? Position.Top : Position.Left, x: 0, y: 0, width, height },
    { id: "next", type: "source", ...(down ? bottom : { ...right, y: height / 2 - 4 }) },
    { id: "catch", type: "source", ...(down ? right : bottom) },
  ];
}

function dataOf(shown: Shown, node: GraphNode, rect: Rect): NodeData {
  const { graph, overlay } = shown;
  const ended = overlay && (node.kind === "start" || node.kind === "end") ? pillOverlay(shown, node) : null;
  const held = heldIn(graph, node.id);
  return {
    node,
    overlay: overlay?.states.get(node.id) ?? overlay?.states.get(node.name) ?? ended,
    tabStop: shown.tabStop === node.id,
    lanes: node.kind === "parallel" && !held ? dividers(graph, node, rect) : [],
    landing: fillingOf(graph, node),
    problem: problemOf(shown, node.id, held),
    held: held && { count: held.length, statuses: overlay && countStatuses(overlay, held) },
    disabled: disabledOriginal(graph, node.name, node.state) ? (graph.disabled?.[node.name] ?? null) : null,
    direction: graph.direction,
    onPickItem: shown.onPickItem,
  };
}

function problemOf(shown: Shown, id: string, held: string[] | null): "ERROR" | "WARNING" | null {
  const { problems } = shown;
  if (!problems || problems.size === 0) return null;
  const all = [id, ...(held ?? [])].flatMap((each) => problems.get(each) ?? []);
  return all.includes("ERROR") ? "ERROR" : (all[0] ?? null);
}

function countStatuses(overlay: Overlay, ids: readonly string[]): Partial<Record<Status, number>> {
  const counts: Partial<Record<Status, number>> = {};
  for (const id of ids) {
    const status = overlay.states.get(id)?.status ?? "not-started";
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

function pillOverlay({ graph, overlay }: Shown, node: GraphNode): StateOverlay | null {
  if (!overlay) return null;
  if (node.kind === "start") return { status: "succeeded", right: "" };
  const reached = graph.edges.some(
    (edge) => edge.to === node.id && overlay.edges.get(edgeKey(edge.from, null, "next")) === "taken",
  );
  return { status: reached ? "succeeded" : "not-started", right: "" };
}

function dividers(graph: PlacedGraph, node: GraphNode, box: Rect): number[] {
  return node.inner.slice(0, -1).flatMap((id) => {
    const lane = graph.lanes.get(id);
    if (!lane || lane.y < box.y + BOX_TOP - 1) return [];
    return graph.direction === "down"
      ? [lane.x + lane.width + LANE_GAP / 2 - box.x - 1]
      : [lane.y + lane.height + LANE_GAP / 2 - box.y - 1];
  });
}

function sameNode(old: CanvasNode, next: CanvasNode): boolean {
  return (
    old.type === next.type &&
    old.selected === next.selected &&
    old.draggable === next.draggable &&
    old.zIndex === next.zIndex &&
    old.position.x === next.position.x &&
    old.position.y === next.position.y &&
    old.width === next.width &&
    old.height === next.height
  );
}

function sameData(one: NodeData, other: NodeData): boolean {
  return (
    one.tabStop === other.tabStop &&
    one.problem === other.problem &&
    one.direction === other.direction &&
    one.onPickItem === other.onPickItem &&
    one.disabled === other.disabled &&
    one.held?.count === other.held?.count &&
    JSON.stringify(one.held?.statuses) === JSON.stringify(other.held?.statuses) &&
    sameOverlay(one.overlay, other.overlay) &&
    (one.node === other.node ||
      (one.node.name === other.node.name &&
        one.node.kind === other.node.kind &&
        one.node.state === other.node.state &&
        String(one.node.path) === String(other.node.path))) &&
    one.lanes.length === other.lanes.length &&
    one.lanes.every((at, index) => at === other.lanes[index])
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
