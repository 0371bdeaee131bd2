import "@xyflow/react/dist/base.css";

import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
  type Connection,
  type NodeChange,
} from "@xyflow/react";
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from "react";

import { Box } from "@/canvas/Box.tsx";
import { ConnectionLine } from "@/canvas/ConnectionLine.tsx";
import { EdgeLayer } from "@/canvas/EdgeLayer.tsx";
import { EditingContext, FoldingContext, NOTE, type Acting, type Editing } from "@/canvas/editing.ts";
import { InsertionLine } from "@/canvas/InsertionLine.tsx";
import { Minimap } from "@/canvas/Minimap.tsx";
import { Drawn, type CanvasNode } from "@/canvas/nodes.ts";
import { NoteCard } from "@/canvas/NoteCard.tsx";
import { Overview } from "@/canvas/Overview.tsx";
import type { Overlay } from "@/canvas/overlay.ts";
import { EmptyPlace, Pill } from "@/canvas/Pill.tsx";
import { makePointing, PointingContext } from "@/canvas/pointing.ts";
import { StateCard } from "@/canvas/StateCard.tsx";
import { useCanvasKeys } from "@/canvas/useCanvasKeys.ts";
import { useDrag } from "@/canvas/useDrag.ts";
import { useFrame } from "@/canvas/useFrame.ts";
import { leastZoom, useViewport } from "@/canvas/useViewport.ts";
import { useVisible } from "@/canvas/useVisible.ts";
import type { Point } from "@/document/document.ts";
import { shownFor, type PlacedGraph } from "@/graph/layout.ts";
import { landingAt, type Landing } from "@/graph/places.ts";
import styles from "./Canvas.module.css";

const nodeTypes = { card: StateCard, box: Box, pill: Pill, empty: EmptyPlace, note: NoteCard };
const NO_EDGES: never[] = [];
/** Graphs of more nodes than this are painted when far away. */
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
  /** The middle of what is in view, on the canvas. */
  middle: () => Point;
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
  onFold?: (id: string, folded: boolean) => void;
  /** Keys on a focused node that the canvas does not know itself; true when it was used. */
  onKey?: (event: KeyboardEvent, id: string | null) => boolean;
  onOpen?: (id: string) => void;
  /** What was done last, for those who cannot see it. */
  said?: string | null;
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
  onFold,
  onKey,
  onOpen,
  said,
  ref,
}: CanvasProps) {
  const flow = useReactFlow<CanvasNode>();
  const store = useStoreApi<CanvasNode>();
  const root = useRef<HTMLDivElement>(null);
  const [pointing] = useState(makePointing);
  const [moving, setMoving] = useState(false);
  const acting = useActing(editing);
  const { view, lod } = useVisible();
  const painted = lod === "blocks" && graph.nodes.size > MANY;
  const { drag, refusal, handlers } = useDrag(graph, acting, flow, pointing);
  const viewport = useViewport(graph, root, selected, editing !== null);
  const { fit, center, show, focus, open } = viewport;

  const selectedSet = useMemo(() => new Set(selected), [selected]);
  const firstState = useMemo(
    () =>
      [...graph.nodes.values()].find((node) => node.state !== null && graph.rects.has(node.id))?.id ?? null,
    [graph],
  );
  const held = selected[0] === undefined ? null : standsFor(graph, selected[0]);
  const tabStop = held ?? firstState;

  const [drawn] = useState(() => new Drawn());
  const nodes = useMemo(
    () =>
      drawn.next({
        graph,
        overlay,
        selected: selectedSet,
        tabStop,
        problems: editing?.problems ?? null,
        onPickItem: onPickItem ?? null,
        movable: acting !== null,
        drag,
        view: painted ? null : view,
      }),
    [drawn, graph, overlay, selectedSet, tabStop, editing?.problems, onPickItem, acting, drag, painted, view],
  );

  useEffect(() => {
    pointing.setState({ landing: editing?.landing ?? null });
  }, [pointing, editing?.landing]);

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
        focus(shownFor(graph, id) ?? id);
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
      middle: () => {
        const { width, height, transform } = store.getState();
        const [x, y, zoom] = transform;
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
      },
    }),
    [flow, graph, store, center, fit, focus, show],
  );

  const change = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const { multiSelectionActive, nodeLookup } = store.getState();
      // React Flow knows what is in view: what is selected elsewhere it can neither keep nor let go.
      const next = new Set(
        multiSelectionActive ? selectedSet : [...selectedSet].filter((id) => nodeLookup.has(id)),
      );
      let touched = false;
      for (const each of changes) {
        if (each.type !== "select") continue;
        touched = true;
        if (each.selected) next.add(each.id);
        else next.delete(each.id);
      }
      if (touched) onSelect([...next]);
    },
    [store, selectedSet, onSelect],
  );
  const frame = useFrame(graph, painted, onSelect);
  const keyDown = useCanvasKeys({
    graph,
    acting,
    selected,
    selectedEdge: editing?.selectedEdge ?? null,
    onSelect,
    onOpen,
    onKey,
    onFold: onFold ?? null,
    show,
    focus,
    focusEdge: (id) =>
      requestAnimationFrame(() =>
        root.current?.querySelector<HTMLElement>(`[data-edge="${CSS.escape(id)}"]`)?.focus(),
      ),
    tabStop,
  });

  return (
    <PointingContext value={pointing}>
      <EditingContext value={acting}>
        <FoldingContext value={onFold ?? null}>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the nodes inside bubble to here */}
          <div
            ref={root}
            className={styles.canvas}
            data-lod={lod}
            data-moving={moving || undefined}
            data-dimmed={dimmed || undefined}
            data-testid="canvas"
            role="application"
            aria-roledescription="graph"
            aria-label={label}
            onKeyDown={keyDown}
            onDoubleClick={(event) => {
              if (!acting || !(event.target as HTMLElement).classList.contains("react-flow__pane")) return;
              const at = { x: event.clientX, y: event.clientY };
              const found = landingAt(graph, flow.screenToFlowPosition(at));
              if (found) acting.onAdd(found, at);
            }}
          >
            {painted && <Overview graph={graph} overlay={overlay} selected={selectedSet} />}
            <ReactFlow<CanvasNode>
              nodes={nodes}
              edges={NO_EDGES}
              nodeTypes={nodeTypes}
              onNodesChange={change}
              minZoom={leastZoom(viewport.whole())}
              maxZoom={2}
              nodesFocusable={false}
              edgesFocusable={false}
              elevateNodesOnSelect={false}
              disableKeyboardA11y
              deleteKeyCode={null}
              selectionKeyCode={acting ? "Shift" : null}
              multiSelectionKeyCode={acting ? ["Meta", "Control", "Shift"] : null}
              panActivationKeyCode="Space"
              zoomOnDoubleClick={false}
              nodesDraggable={acting !== null}
              nodesConnectable={acting !== null}
              nodeDragThreshold={4}
              connectionRadius={24}
              selectNodesOnDrag={false}
              connectionLineComponent={ConnectionLine}
              isValidConnection={(connection) => connectionRefusal(acting, connection) === null}
              onConnectStart={() => pointing.setState({ connecting: true })}
              onConnectEnd={() => pointing.setState({ connecting: false })}
              onConnect={({ source, target, sourceHandle }) =>
                acting?.onConnect(source, target, sourceHandle === "catch" ? "catch" : "next")
              }
              onMoveStart={(event) => setMoving(event?.type === "mousedown" || event?.type === "touchstart")}
              onMoveEnd={() => setMoving(false)}
              onMove={(_, { zoom }) => onZoom?.(Math.round(zoom * 100))}
              onInit={(instance) => {
                open();
                onZoom?.(Math.round(instance.getZoom() * 100));
              }}
              onPaneClick={(event) => {
                const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
                onSelect(painted ? frame.at(at) : []);
                acting?.onSelectEdge(null);
              }}
              onSelectionEnd={frame.end}
              onNodeClick={(event, node) => {
                // React Flow leaves several selected when one of them is clicked; a click means this one.
                if (selected.length > 1 && !event.shiftKey && !event.ctrlKey && !event.metaKey)
                  onSelect([node.id]);
              }}
              onNodeDoubleClick={(_, node) => !node.id.startsWith(NOTE) && onOpen?.(node.id)}
              proOptions={PRO}
              {...handlers}
            >
              {!painted && (
                <EdgeLayer
                  graph={graph}
                  overlay={overlay}
                  drag={drag}
                  view={view}
                  selectedEdge={editing?.selectedEdge ?? null}
                />
              )}
              <InsertionLine />
            </ReactFlow>
            {minimap && (
              <Minimap
                graph={graph}
                overlay={overlay}
                selected={selectedSet}
                onMove={(x, y) => void flow.setCenter(x, y, { zoom: flow.getZoom() })}
              />
            )}
            <p className="sr" aria-live="polite" data-testid="canvas-said">
              {refusal ?? said}
            </p>
            {refusal && <p className={styles.refusal}>{refusal}</p>}
          </div>
        </FoldingContext>
      </EditingContext>
    </PointingContext>
  );
}

const PRO = { hideAttribution: true };

/** The node that stands for what is selected, where that can be focused. */
function standsFor(graph: PlacedGraph, id: string): string | null {
  if (id.startsWith(NOTE)) return graph.notes.some((note) => NOTE + note.id === id) ? id : null;
  const shown = shownFor(graph, id);
  return shown !== null && graph.nodes.get(shown)?.state ? shown : null;
}

/** The acts of the editor as one object that never changes, so that no card is drawn because another act is ready. */
function useActing(editing: Editing | null): Acting | null {
  const latest = useRef(editing);
  useEffect(() => {
    latest.current = editing;
  });
  const present = editing !== null;
  return useMemo(
    () =>
      present
        ? {
            onAdd: (...all) => latest.current?.onAdd(...all),
            mayConnect: (...all) => latest.current?.mayConnect(...all) ?? null,
            onConnect: (...all) => latest.current?.onConnect(...all),
            onPlace: (...all) => latest.current?.onPlace(...all),
            onMove: (...all) => latest.current?.onMove(...all),
            mayMove: (...all) => latest.current?.mayMove(...all) ?? null,
            branchOf: (...all) => latest.current?.branchOf(...all) ?? [],
            onAddBranch: (...all) => latest.current?.onAddBranch(...all),
            onFold: (...all) => latest.current?.onFold(...all),
            onChangeNote: (...all) => latest.current?.onChangeNote(...all),
            onSelectEdge: (...all) => latest.current?.onSelectEdge(...all),
          }
        : null,
    [present],
  );
}

function connectionRefusal(
  acting: Acting | null,
  connection: Connection | { source: string; target: string; sourceHandle?: string | null },
): string | null {
  if (!acting) return "Nothing can be changed here.";
  return acting.mayConnect(
    connection.source,
    connection.target,
    connection.sourceHandle === "catch" ? "catch" : "next",
  );
}
