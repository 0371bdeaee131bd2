import "@xyflow/react/dist/base.css";

import {
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
  ViewportPortal,
  type Connection,
  type NodeChange,
} from "@xyflow/react";
import {
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from "react";

import { Box } from "@/canvas/Box.tsx";
import { ConnectionLine } from "@/canvas/ConnectionLine.tsx";
import { EditingContext, type Editing } from "@/canvas/editing.ts";
import { GraphContext } from "@/canvas/graph.ts";
import { Drawn, type CanvasEdge, type CanvasNode } from "@/canvas/nodes.ts";
import type { Overlay } from "@/canvas/overlay.ts";
import { EmptyPlace, Pill } from "@/canvas/Pill.tsx";
import { StateCard } from "@/canvas/StateCard.tsx";
import { useDrag } from "@/canvas/useDrag.ts";
import { WayEdge } from "@/canvas/WayEdge.tsx";
import type { Point } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { START } from "@/graph/derive.ts";
import type { Rect } from "@/graph/measures.ts";
import { landingAt, walk, type Landing } from "@/graph/places.ts";
import styles from "./Canvas.module.css";

const nodeTypes = { card: StateCard, box: Box, pill: Pill, empty: EmptyPlace };
const edgeTypes = { way: WayEdge };
/** Room round a graph that is shown whole. */
const AROUND = 28;
const LEAST_READABLE = 0.7;
const MANY = 120;

/** What can be asked of a canvas from outside. */
export interface CanvasHandle {
  zoomIn: () => void;
  zoomOut: () => void;
  zoomTo: (percent: number) => void;
  fit: () => void;
  center: (id: string) => void;
  focus: (id: string) => void;
  /** Where something let go at this point of the screen would land; null outside the canvas. */
  landingAt: (screen: Point) => Landing | null;
  screenOf: (id: string) => DOMRect | null;
}

export interface CanvasProps {
  graph: PlacedGraph;
  label: string;
  selected: readonly string[];
  onSelect: (ids: string[]) => void;
  overlay?: Overlay | null;
  editing?: Editing | null;
  minimap?: boolean;
  /** The graph stands for an older text: it dims. */
  dimmed?: boolean;
  onZoom?: (percent: number) => void;
  onPickItem?: (id: string, index: number) => void;
  /** Keys on a focused node that the canvas does not know itself; true when it was used. */
  onKey?: (event: KeyboardEvent, id: string | null) => boolean;
  onOpen?: (id: string) => void;
  ref?: Ref<CanvasHandle>;
}

/** Shows a placed graph; with `editing` it can be changed, with `overlay` it shows an execution. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({
  graph,
  label,
  selected,
  onSelect,
  overlay = null,
  editing = null,
  minimap = false,
  dimmed,
  onZoom,
  onPickItem,
  onKey,
  onOpen,
  ref,
}: CanvasProps) {
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const store = useStoreApi();
  const root = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<string | null>(null);
  const [lod, setLod] = useState<"full" | "names" | "blocks">("full");
  const { drag, dragLanding, refusal, handlers } = useDrag(graph, editing, flow);

  const selectedSet = useMemo(() => new Set(selected), [selected]);
  const lastFocus = useRef<string | null>(null);
  const firstState = useMemo(
    () => [...graph.nodes.values()].find((node) => node.state !== null)?.id ?? null,
    [graph],
  );
  const tabStop = selected[0] !== undefined && graph.nodes.has(selected[0]) ? selected[0] : firstState;

  const [drawn] = useState(() => new Drawn());
  const { nodes, edges } = useMemo(
    () =>
      drawn.next({
        graph,
        overlay,
        selected: selectedSet,
        tabStop,
        drag,
        onPickItem: onPickItem ?? null,
        movable: editing !== null,
      }),
    [drawn, graph, overlay, selectedSet, tabStop, drag, onPickItem, editing],
  );

  /** Shows the whole graph, its start at the top, as large as fits and no larger than it is. */
  const fit = useCallback(
    (duration: number, most = 1) => {
      const { width, height } = store.getState();
      if (width === 0 || height === 0 || graph.width === 0) return;
      const zoom = Math.max(
        0.1,
        Math.min(most, (width - 2 * AROUND) / graph.width, (height - 2 * AROUND) / graph.height),
      );
      void flow.setViewport({ x: (width - graph.width * zoom) / 2, y: AROUND, zoom }, { duration });
    },
    [flow, graph, store],
  );
  const center = useCallback(
    (id: string) => {
      const rect = graph.rects.get(id);
      if (rect)
        void flow.setCenter(rect.x + rect.width / 2, rect.y + Math.min(rect.height / 2, 200), {
          zoom: flow.getZoom(),
          duration: 250,
        });
    },
    [flow, graph],
  );
  const show = useCallback(
    (id: string) => {
      const rect = graph.rects.get(id);
      const { width, height, transform } = store.getState();
      if (!rect) return;
      const [x, y, zoom] = transform;
      const [left, top] = [rect.x * zoom + x, rect.y * zoom + y];
      if (
        left < 0 ||
        top < 0 ||
        left + rect.width * zoom > width ||
        top + (Math.min(rect.height, 100) + 30) * zoom > height
      ) {
        // As long as the whole graph can be read, all of it is shown; else the one that matters.
        const { width: wide, height: high } = graph;
        const whole = Math.min((width - 2 * AROUND) / wide, (height - 2 * AROUND) / high);
        if (whole >= LEAST_READABLE) fit(200, zoom);
        else center(id);
      }
    },
    [graph, store, center, fit],
  );
  const focus = useCallback((id: string) => {
    lastFocus.current = id;
    requestAnimationFrame(() => {
      const node = root.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
      (node?.matches("[tabindex]") ? node : node?.querySelector<HTMLElement>("[tabindex]"))?.focus({
        preventScroll: true,
      });
    });
  }, []);

  useImperativeHandle(
    ref,
    () => ({
      zoomIn: () => void flow.zoomIn({ duration: 120 }),
      zoomOut: () => void flow.zoomOut({ duration: 120 }),
      zoomTo: (percent) => void flow.zoomTo(percent / 100, { duration: 120 }),
      fit: () => fit(200),
      center,
      focus: (id) => {
        show(id);
        focus(id);
      },
      landingAt: (screen) => {
        const box = root.current?.getBoundingClientRect();
        if (
          !box ||
          screen.x < box.left ||
          screen.x > box.right ||
          screen.y < box.top ||
          screen.y > box.bottom
        )
          return null;
        return landingAt(graph, flow.screenToFlowPosition(screen));
      },
      screenOf: (id) =>
        root.current?.querySelector(`[data-node="${CSS.escape(id)}"]`)?.getBoundingClientRect() ?? null,
    }),
    [flow, graph, center, fit, focus, show],
  );

  // A graph that came into an empty canvas is shown whole. Later the start stays where it is on the screen,
  // whatever is added; only what was added outside the view moves it.
  const wasEmpty = useRef(true);
  const lastStart = useRef<Rect | null>(null);
  const lastCount = useRef(0);
  useLayoutEffect(() => {
    const isEmpty = firstState === null;
    const start = graph.rects.get(START) ?? null;
    const before = lastStart.current;
    const grew = graph.nodes.size > lastCount.current;
    lastStart.current = start;
    lastCount.current = graph.nodes.size;
    if (wasEmpty.current && !isEmpty) fit(0);
    else if (start && before && editing !== null) {
      const { x, y, zoom } = flow.getViewport();
      if (start.x !== before.x || start.y !== before.y)
        void flow.setViewport({
          x: x - (start.x - before.x) * zoom,
          y: y - (start.y - before.y) * zoom,
          zoom,
        });
      const [added] = selected;
      if (grew && added !== undefined) {
        const { width, height } = store.getState();
        const whole = Math.min((width - 2 * AROUND) / graph.width, (height - 2 * AROUND) / graph.height);
        // What was in view whole stays so while it can be read.
        if (whole >= LEAST_READABLE && flow.getViewport().y + graph.height * zoom > height) fit(200, zoom);
        else show(added);
      }
    }
    wasEmpty.current = isEmpty;
    // Only another graph moves the view; a selection alone does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [graph]);

  const change = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const next = new Set(selectedSet);
      let touched = false;
      for (const each of changes) {
        if (each.type !== "select") continue;
        touched = true;
        if (each.selected) next.add(each.id);
        else next.delete(each.id);
      }
      if (touched) onSelect([...next]);
    },
    [selectedSet, onSelect],
  );

  const keyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const id = target.closest<HTMLElement>("[data-node]")?.dataset["node"] ?? null;
    if (id !== null && !target.matches("input,textarea,button:not([data-node])")) {
      if (event.key.startsWith("Arrow") && !event.ctrlKey && !event.metaKey) {
        const next = walk(graph, id, event.key as "ArrowUp");
        event.preventDefault();
        if (next !== null) {
          onSelect([next]);
          show(next);
          focus(next);
        }
        return;
      }
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        onSelect([id]);
        if (event.key === "Enter") onOpen?.(id);
        return;
      }
    }
    if (onKey?.(event, id)) event.preventDefault();
  };

  const shownGraph = useMemo(() => ({ graph, hover, setHover }), [graph, hover]);
  const landing = editing?.landing ?? dragLanding;
  const editingShown = useMemo(() => (editing ? { ...editing, landing } : null), [editing, landing]);

  return (
    <GraphContext value={shownGraph}>
      <EditingContext value={editingShown}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the nodes inside bubble to here */}
        <div
          ref={root}
          className={styles.canvas}
          data-lod={lod}
          data-dimmed={dimmed || undefined}
          data-testid="canvas"
          role="group"
          aria-label={label}
          onKeyDown={keyDown}
          onDoubleClick={(event) => {
            if (!editing || !(event.target as HTMLElement).classList.contains("react-flow__pane")) return;
            const at = { x: event.clientX, y: event.clientY };
            const found = landingAt(graph, flow.screenToFlowPosition(at));
            if (found) editing.onAdd(found, at);
          }}
        >
          <ReactFlow<CanvasNode, CanvasEdge>
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onNodesChange={change}
            minZoom={0.1}
            maxZoom={2}
            onlyRenderVisibleElements={nodes.length > MANY}
            nodesFocusable={false}
            edgesFocusable={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            selectionKeyCode={editing ? "Shift" : null}
            multiSelectionKeyCode={editing ? ["Meta", "Control", "Shift"] : null}
            panActivationKeyCode="Space"
            zoomOnDoubleClick={false}
            nodesDraggable={editing !== null}
            nodesConnectable={editing !== null}
            nodeDragThreshold={4}
            connectionRadius={24}
            selectNodesOnDrag={false}
            connectionLineComponent={ConnectionLine}
            isValidConnection={(connection) => connectionRefusal(editing, connection) === null}
            onConnect={(connection) =>
              editing?.onConnect(
                connection.source,
                connection.target,
                connection.sourceHandle === "catch" ? "catch" : "next",
              )
            }
            onMove={(_, viewport) => {
              setLod(viewport.zoom < 0.3 ? "blocks" : viewport.zoom < 0.6 ? "names" : "full");
              onZoom?.(Math.round(viewport.zoom * 100));
            }}
            onInit={(instance) => {
              fit(0);
              onZoom?.(Math.round(instance.getZoom() * 100));
            }}
            onPaneClick={() => {
              onSelect([]);
              editing?.onSelectEdge(null);
            }}
            onNodeDoubleClick={(_, node) => node.data.node.state && onOpen?.(node.id)}
            proOptions={{ hideAttribution: true }}
            {...handlers}
          >
            {landing?.line && (
              <ViewportPortal>
                <i
                  className={styles.insert}
                  data-testid="insertion-line"
                  data-level={landing.line.level || undefined}
                  style={{
                    transform: `translate(${landing.line.x - (landing.line.level ? landing.line.length / 2 : 0)}px, ${landing.line.y - (landing.line.level ? 0 : landing.line.length / 2)}px)`,
                    [landing.line.level ? "width" : "height"]: landing.line.length,
                  }}
                />
              </ViewportPortal>
            )}
            {minimap && (
              <MiniMap
                className={styles.minimap}
                pannable
                zoomable
                ariaLabel="Overview of the graph"
                nodeBorderRadius={14}
                nodeColor={(node) => mapColour(node as CanvasNode)}
                nodeStrokeColor={(node) =>
                  (node as CanvasNode).type === "box" ? "var(--border-control)" : "transparent"
                }
                nodeStrokeWidth={4}
                maskColor="transparent"
                maskStrokeColor="var(--accent)"
                maskStrokeWidth={1}
                style={{ width: 150, height: 140 }}
              />
            )}
          </ReactFlow>
          <p className="sr" aria-live="polite">
            {refusal}
          </p>
          {refusal && <p className={styles.refusal}>{refusal}</p>}
        </div>
      </EditingContext>
    </GraphContext>
  );
}

function connectionRefusal(editing: Editing | null, connection: Connection | CanvasEdge): string | null {
  if (!editing) return "Nothing can be changed here.";
  return editing.mayConnect(
    connection.source,
    connection.target,
    connection.sourceHandle === "catch" ? "catch" : "next",
  );
}

function mapColour(node: CanvasNode): string {
  const status = node.data.overlay?.status;
  if (status && status !== "not-started") return `var(--status-${status}-border)`;
  return node.type === "box" ? "transparent" : "color-mix(in srgb, var(--border-control) 45%, transparent)";
}
