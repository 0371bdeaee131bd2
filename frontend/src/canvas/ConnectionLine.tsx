import { Position, type ConnectionLineComponentProps } from "@xyflow/react";
import { useContext } from "react";

import type { CanvasNode } from "@/canvas/nodes.ts";
import { howOf, PullingContext } from "@/canvas/usePulling.ts";
import { pulledLine } from "@/graph/pulled.ts";
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
  fromPosition,
}: ConnectionLineComponentProps<CanvasNode>) {
  const refuse = useContext(PullingContext);
  const how = howOf(fromHandle.id);
  const to = { x: toX, y: toY };
  const reason = refuse(fromNode.id, how, toNode?.id ?? null, to);
  const path = pulledLine({ x: fromX, y: fromY }, to, fromPosition === Position.Right);
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
