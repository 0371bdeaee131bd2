import "@xyflow/react/dist/base.css";

import {
  ReactFlow,
  ReactFlowProvider,
  useKeyPress,
  useReactFlow,
  useStoreApi,
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
import { PulledLine } from "@/canvas/PulledLine.tsx";
import { NoteCard } from "@/canvas/NoteCard.tsx";
import { Overview } from "@/canvas/Overview.tsx";
import type { Overlay } from "@/canvas/overlay.ts";
import { EmptyPlace, Pill } from "@/canvas/Pill.tsx";
import { makePointing, PointingContext } from "@/canvas/pointing.ts";
import { StateCard } from "@/canvas/StateCard.tsx";
import { useCanvasKeys } from "@/canvas/useCanvasKeys.ts";
import { useDrag } from "@/canvas/useDrag.ts";
import { useFocusKept } from "@/canvas/useFocusKept.ts";
import { useFrame } from "@/canvas/useFrame.ts";
import { PullingContext, usePulling } from "@/canvas/usePulling.ts";
import { leastZoom, useViewport, type View } from "@/canvas/useViewport.ts";
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
  /** Shows the graph once what was asked for has given it other places. */
  openNext: () => void;
  center: (id: string) => void;
  /** Brings it into view where it is not there yet. */
  show: (id: string) => void;
  /** Gives a node the keyboard; null for the one that the Tab key comes to. */
  focus: (id: string | null) => void;
  focusEdge: (id: string) => void;
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
  /** The view to begin with; without one the graph is shown from its start. */
  opening?: View | null;
  /** Is handed the last view when the canvas goes. */
  onLeave?: (view: View) => void;
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
  opening = null,
  onLeave,
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
  // With Space held the view is taken hold of, wherever the pointer is: also over a state.
  const panning = useKeyPress("Space");
  const painted = lod === "blocks" && graph.nodes.size > MANY;
  const { drag, refusal, handlers } = useDrag(graph, acting, flow, pointing);
  const pulling = usePulling(graph, acting, flow, pointing);
  const viewport = useViewport(graph, root, selected, editing !== null, minimap, opening, onLeave);
  const { fit, center, show, focus, begin, openNext, zoomBy } = viewport;
  useFocusKept(graph, selected, root, (id) => {
    if (id !== null) show(id);
    focus(id);
  });
  const focusEdge = useCallback(
    (id: string) =>
      requestAnimationFrame(() =>
        root.current?.querySelector<HTMLElement>(`[data-edge="${CSS.escape(id)}"]`)?.focus(),
      ),
    [],
  );

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
        movable: acting !== null && !panning,
        drag,
        view: painted ? null : view,
      }),
    [
      drawn,
      graph,
      overlay,
      selectedSet,
      tabStop,
      editing?.problems,
      onPickItem,
      acting,
      panning,
      drag,
      painted,
      view,
    ],
  );

  useEffect(() => {
    pointing.setState({ landing: editing?.landing ?? null });
  }, [pointing, editing?.landing]);

  useImperativeHandle(
    ref,
    () => ({
      zoomIn: () => zoomBy(1.2),
      zoomOut: () => zoomBy(1 / 1.2),
      zoomTo: (percent) => void flow.zoomTo(percent / 100, { duration: 120 }),
      fit: () => fit(200),
      openNext,
      center,
      show,
      focus: (id) => {
        if (id !== null) show(id);
        focus(id === null ? null : (shownFor(graph, id) ?? id));
      },
      focusEdge,
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
    [flow, graph, store, center, fit, focus, focusEdge, openNext, show, zoomBy],
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
    focusEdge,
    tabStop,
  });

  return (
    <PointingContext value={pointing}>
      <EditingContext value={acting}>
        <FoldingContext value={onFold ?? null}>
          <PullingContext value={pulling.refuse}>
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the nodes inside bubble to here */}
            <div
              ref={root}
              className={styles.canvas}
              data-lod={lod}
              data-moving={moving || undefined}
              data-dimmed={dimmed || undefined}
              data-testid="canvas"
              role="application"
              tabIndex={-1}
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
                onMoveStart={(event) =>
                  setMoving(event?.type === "mousedown" || event?.type === "touchstart")
                }
                onMoveEnd={() => setMoving(false)}
                onMove={(_, { zoom }) => onZoom?.(Math.round(zoom * 100))}
                onInit={(instance) => {
                  begin();
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
                {...pulling.handlers}
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
                <PulledLine direction={graph.direction} />
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
          </PullingContext>
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
