import type { NodeProps } from "@xyflow/react";
import { memo, useContext } from "react";
import { useStore } from "zustand";

import { EditingContext } from "@/canvas/editing.ts";
import { MARK_SIGNS, MarkSign } from "@/canvas/MarkSign.tsx";
import { MarksContext } from "@/canvas/marks.ts";
import type { StateNode } from "@/canvas/nodes.ts";
import { PointingContext } from "@/canvas/pointing.ts";
import { Ports } from "@/canvas/Ports.tsx";
import { useNear } from "@/canvas/useNear.ts";
import { Icon } from "@/ui/icons.tsx";
import { statusSigns } from "@/ui/status.ts";
import styles from "./Pill.module.css";

/** Start, End, and a Succeed state. */
export const Pill = memo(function Pill({ data, selected }: NodeProps<StateNode>) {
  const { node, overlay, tabStop, direction } = data;
  const [near, visits] = useNear(selected);
  const mark = useContext(MarksContext).get(node.name);
  const isState = node.state !== null;
  const status = overlay ? statusSigns[overlay.status] : null;
  return (
    <div
      className={styles.pill}
      data-status={overlay?.status}
      data-selected={selected || undefined}
      data-node={isState ? node.id : undefined}
      data-testid={isState ? `state-${node.name}` : undefined}
      {...(isState
        ? {
            role: "button",
            tabIndex: tabStop ? 0 : -1,
            "aria-pressed": selected,
            "aria-label": [node.name, mark && MARK_SIGNS[mark].word, "Succeed", status?.word]
              .filter(Boolean)
              .join(", "),
          }
        : {})}
      title={node.name}
      {...visits}
    >
      {node.kind !== "end" && (
        <Icon
          name={status && isState ? status.icon : node.kind === "start" ? "play" : "circle-check-big"}
          size={isState ? "s" : "xs"}
        />
      )}
      <span className="clip">{node.name}</span> {isState && <MarkSign name={node.name} />}
      <Ports node={node} catches={false} direction={direction} near={near} />
    </div>
  );
});

/** The place of the first state of an empty workflow or branch, or of what an open transition leads to. */
export const EmptyPlace = memo(function EmptyPlace({ data }: NodeProps<StateNode>) {
  const editing = useContext(EditingContext);
  const { node, landing } = data;
  const lands = useStore(useContext(PointingContext), (now) => now.landing?.fills === node.id);
  const open = node.kind === "open";
  const words = node.scope === "" && !open ? "Drop the first state here" : "Drop a state here";
  const inner = (
    <>
      {editing && <Icon name="plus" size="s" />}
      {editing ? words : open ? "Nowhere yet" : "Empty"}
    </>
  );
  return (
    <div
      className={styles.empty}
      data-landing={lands || undefined}
      data-testid={`empty-${open ? node.id : node.scope}`}
    >
      {editing ? (
        <button
          type="button"
          className="nodrag"
          data-empty={node.scope}
          onClick={(event) =>
            editing.onAdd(landing, {
              x: event.currentTarget.getBoundingClientRect().left + 112,
              y: event.currentTarget.getBoundingClientRect().bottom,
            })
          }
        >
          {inner}
        </button>
      ) : (
        inner
      )}
    </div>
  );
});
