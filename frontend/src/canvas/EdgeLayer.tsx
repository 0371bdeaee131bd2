import { ViewportPortal } from "@xyflow/react";
import { memo, useContext, useState } from "react";
import { useStore } from "zustand";

import { DrawnEdges, type ShownEdge } from "@/canvas/edges.ts";
import { EditingContext } from "@/canvas/editing.ts";
import { LAYERS } from "@/canvas/nodes.ts";
import type { Overlay } from "@/canvas/overlay.ts";
import { PointingContext } from "@/canvas/pointing.ts";
import type { Point } from "@/document/document.ts";
import type { PlacedEdge, PlacedGraph } from "@/graph/layout.ts";
import { contains, type Rect } from "@/graph/measures.ts";
import { pathOf, tipOf } from "@/graph/path.ts";
import { placeOfEdge } from "@/graph/places.ts";
import { Icon } from "@/ui/icons.tsx";
import styles from "./EdgeLayer.module.css";

interface EdgeLayerProps {
  graph: PlacedGraph;
  overlay: Overlay | null;
  drag: ReadonlyMap<string, Point>;
  view: Rect;
  selectedEdge: string | null;
}

/**
 * The transitions in view: all lines in one drawing, all words above it. React Flow would make a drawing and
 * several subscriptions of each.
 */
export const EdgeLayer = memo(function EdgeLayer({
  graph,
  overlay,
  drag,
  view,
  selectedEdge,
}: EdgeLayerProps) {
  const [drawn] = useState(() => new DrawnEdges());
  const edges = drawn.next({ graph, overlay, drag, view, selectedEdge });
  return (
    <ViewportPortal>
      <svg className={styles.lines} style={{ zIndex: LAYERS.edges }}>
        {edges.map((shown) => shown.way.length > 1 && <Line key={shown.edge.id} shown={shown} />)}
      </svg>
      <div className={styles.words} style={{ zIndex: LAYERS.labels }}>
        {edges.map(
          (shown) => isNear(shown.edge, view) && <Words key={shown.edge.id} shown={shown} graph={graph} />,
        )}
      </div>
    </ViewportPortal>
  );
});

/** Whether the label or the "+" of an edge is in view. */
function isNear({ plusAt, labelAt }: PlacedEdge, view: Rect): boolean {
  return [plusAt, labelAt].some((at) => at && contains(view, at));
}

function inWords({ edge, names }: ShownEdge): string {
  return `${names.from} to ${names.to}${edge.label ? `, ${edge.label}` : ""}`;
}

/** A transition's line at right angles, and its tip. */
const Line = memo(function Line({ shown }: { shown: ShownEdge }) {
  const editing = useContext(EditingContext);
  const pointing = useContext(PointingContext);
  const { edge, way, status, held } = shown;
  return (
    <g
      className={styles.edge}
      data-kind={edge.kind}
      data-way={status ?? undefined}
      data-held={held || undefined}
    >
      {editing && (
        // The line is a pointer's target only; the keyboard reaches an edge through its "+".
        <path
          className={styles.reach}
          d={pathOf(way)}
          onClick={() => editing.onSelectEdge(edge.id)}
          onPointerEnter={() => pointing.setState({ hover: edge.id })}
          onPointerLeave={() => pointing.setState({ hover: null })}
        >
          <title>{inWords(shown)}</title>
        </path>
      )}
      <path className={styles.line} d={pathOf(way, 7, edge.gaps)} />
      <path className={styles.tip} d={tipOf(way)} />
    </g>
  );
});

/** A transition's label in words, and the "+" in its middle. */
const Words = memo(
  function Words({ shown, graph }: { shown: ShownEdge; graph: PlacedGraph }) {
    const editing = useContext(EditingContext);
    const { edge, held } = shown;
    if (!editing && !edge.label) return null;
    return (
      <>
        {edge.labelAt && edge.label && (
          // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- as the line
          <div
            className={`nodrag nopan ${styles.label}`}
            data-inside={edge.scope !== "" || undefined}
            data-held={held || undefined}
            style={at(edge.labelAt)}
            title={edge.title ?? undefined}
            onClick={() => editing?.onSelectEdge(edge.id)}
          >
            {edge.kind === "catch" && <Icon name="triangle-alert" size="xs" />}
            {edge.label}
          </div>
        )}
        {editing && <Plus shown={shown} graph={graph} />}
      </>
    );
  },
  // The graph is asked for when the "+" is pressed; another graph with the same edge draws nothing anew.
  (before, after) => before.shown === after.shown,
);

function Plus({ shown, graph }: { shown: ShownEdge; graph: PlacedGraph }) {
  const editing = useContext(EditingContext);
  const pointing = useContext(PointingContext);
  const { edge, names, held } = shown;
  const lit = useStore(pointing, (now) => now.landing === null && (now.hover === edge.id || held));
  if (!editing) return null;
  const rule = edge.label ? `, ${edge.label}` : "";
  return (
    <button
      type="button"
      // One stop of the Tab key for the whole canvas: E leads here from the state.
      tabIndex={-1}
      className={`nodrag nopan ${styles.plus}`}
      data-lit={lit || undefined}
      data-edge={edge.id}
      data-testid={`edge-plus-${names.from}-${names.to}`}
      aria-label={`Add a state between ${names.from} and ${names.to}${rule}`}
      title="Add a state here"
      style={at(besidePort(edge, graph.direction))}
      onPointerEnter={() => pointing.setState({ hover: edge.id })}
      onPointerLeave={() => pointing.setState({ hover: null })}
      onFocus={() => pointing.setState({ hover: edge.id })}
      onBlur={() => pointing.setState({ hover: null })}
      onClick={(event) => {
        const place = placeOfEdge(graph, edge);
        const box = event.currentTarget.getBoundingClientRect();
        if (place)
          editing.onAdd(
            { place, edge: edge.id, line: null, fills: null },
            { x: box.left + box.width / 2, y: box.bottom + 6 },
          );
      }}
    >
      <Icon name="plus" size="xs" />
    </button>
  );
}

/** Where an end has no line, the state's port is at its "+": that stands beside it, so that both can be held. */
function besidePort({ way, plusAt }: PlacedEdge, direction: PlacedGraph["direction"]): Point {
  if (way.length >= 2) return plusAt;
  return direction === "down" ? { x: plusAt.x + 28, y: plusAt.y } : { x: plusAt.x, y: plusAt.y + 28 };
}

const at = ({ x, y }: Point) => ({ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` });
