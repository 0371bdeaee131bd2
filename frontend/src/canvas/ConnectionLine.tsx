import type { ConnectionLineComponentProps } from "@xyflow/react";
import { useContext } from "react";

import { EditingContext } from "@/canvas/editing.ts";
import type { CanvasNode } from "@/canvas/nodes.ts";
import styles from "./Canvas.module.css";

/** The transition being drawn, with the reason where it may not end. */
export function ConnectionLine({
  fromX,
  fromY,
  toX,
  toY,
  fromNode,
  toNode,
  fromHandle,
}: ConnectionLineComponentProps<CanvasNode>) {
  const editing = useContext(EditingContext);
  const how = fromHandle.id === "catch" ? "catch" : "next";
  const reason =
    toNode && toNode.id !== fromNode.id ? editing?.mayConnect(fromNode.id, toNode.id, how) : null;
  const middle = (fromY + toY) / 2;
  const path =
    how === "catch"
      ? `M${fromX} ${fromY} L${(fromX + toX) / 2} ${fromY} L${(fromX + toX) / 2} ${toY} L${toX} ${toY}`
      : `M${fromX} ${fromY} L${fromX} ${middle} L${toX} ${middle} L${toX} ${toY}`;
  return (
    <g>
      <path className={styles.drawing} data-kind={how} data-bad={reason ? "" : undefined} d={path} />
      <circle className={styles.drawingTip} cx={toX} cy={toY} r={4} />
      {reason && (
        <foreignObject x={toX + 10} y={toY + 10} width={260} height={60}>
          <p className={styles.reason}>{reason}</p>
        </foreignObject>
      )}
    </g>
  );
}
