import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo, useContext } from "react";

import { EditingContext } from "@/canvas/editing.ts";
import { GraphContext, type CanvasGraph } from "@/canvas/graph.ts";
import type { CanvasEdge } from "@/canvas/nodes.ts";
import { pathOf, tipOf } from "@/graph/path.ts";
import { placeOfEdge } from "@/graph/places.ts";
import { Icon } from "@/ui/icons.tsx";
import styles from "./WayEdge.module.css";

/** A transition: its line at right angles, its tip, its label in words, and the "+" in its middle. */
export const WayEdge = memo(function WayEdge({ id, data }: EdgeProps<CanvasEdge>) {
  const editing = useContext(EditingContext);
  const shown = useContext<CanvasGraph | null>(GraphContext);
  if (!data) return null;
  const { edge, status, names, layer } = data;
  const held = editing?.selectedEdge === id;
  const look = { "data-kind": edge.kind, "data-way": status ?? undefined, "data-held": held || undefined };
  const lit = editing?.landing == null && (shown?.hover === id || held);
  const said = `${names.from} to ${names.to}${edge.label ? `, ${edge.label}` : ""}`;
  return (
    <>
      {edge.way.length > 1 && (
        <g className={styles.edge} {...look}>
          {editing && (
            // The line is a pointer's target only; the keyboard reaches an edge through its "+".

            <path
              className={styles.reach}
              d={pathOf(edge.way)}
              onClick={() => editing.onSelectEdge(id)}
              onPointerEnter={() => shown?.setHover(id)}
              onPointerLeave={() => shown?.setHover(null)}
            >
              <title>{said}</title>
            </path>
          )}
          <path className={styles.line} d={pathOf(edge.way, 7)} />
          <path className={styles.tip} d={tipOf(edge.way)} />
        </g>
      )}
      <EdgeLabelRenderer>
        {edge.labelAt && edge.label && (
          // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- as the line
          <div
            className={`nodrag nopan ${styles.label}`}
            data-inside={edge.scope !== "" || undefined}
            data-held={held || undefined}
            style={{
              transform: `translate(-50%, -50%) translate(${edge.labelAt.x}px, ${edge.labelAt.y}px)`,
              zIndex: layer,
            }}
            title={edge.title ?? undefined}
            onClick={() => editing?.onSelectEdge(id)}
          >
            {edge.kind === "catch" && <Icon name="triangle-alert" size="xs" />}
            {edge.label}
          </div>
        )}
        {editing && (
          <button
            type="button"
            className={`nodrag nopan ${styles.plus}`}
            data-lit={lit || undefined}
            data-testid={`edge-plus-${names.from}-${names.to}`}
            aria-label={`Add a state between ${names.from} and ${names.to}`}
            title="Add a state here"
            style={{
              transform: `translate(-50%, -50%) translate(${edge.plusAt.x}px, ${edge.plusAt.y}px)`,
              zIndex: layer + 1,
            }}
            onPointerEnter={() => shown?.setHover(id)}
            onPointerLeave={() => shown?.setHover(null)}
            onFocus={() => shown?.setHover(id)}
            onBlur={() => shown?.setHover(null)}
            onClick={(event) => {
              const place = shown && placeOfEdge(shown.graph, edge);
              const box = event.currentTarget.getBoundingClientRect();
              if (place)
                editing.onAdd(
                  { place, edge: id, line: null, fills: null },
                  { x: box.left + box.width / 2, y: box.bottom + 6 },
                );
            }}
          >
            <Icon name="plus" size="xs" />
          </button>
        )}
      </EdgeLabelRenderer>
    </>
  );
});
