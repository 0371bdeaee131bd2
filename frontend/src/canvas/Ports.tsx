import { Handle, Position } from "@xyflow/react";
import { memo, useContext, useEffect } from "react";
import { useStore } from "zustand";

import { EditingContext } from "@/canvas/editing.ts";
import { PointingContext } from "@/canvas/pointing.ts";
import { useTellPorts } from "@/canvas/useTellPorts.ts";
import type { GraphNode } from "@/graph/derive.ts";
import styles from "./Ports.module.css";

interface PortsProps {
  node: GraphNode;
  catches: boolean;
  direction: "down" | "right";
  /** The pointer or the focus is here; only then can a transition begin here. */
  near: boolean;
}

/** Where transitions leave and arrive. While one is being drawn, the whole node is where it may arrive. */
export const Ports = memo(function Ports({ node, catches, direction, near }: PortsProps) {
  const editing = useContext(EditingContext);
  const connecting = useStore(useContext(PointingContext), (now) => now.connecting);
  const tellPorts = useTellPorts();
  const may = editing !== null && node.state !== null;
  useEffect(() => {
    if (may && near) tellPorts(node.id);
  }, [may, near, node.id, tellPorts]);
  if (!may || !(near || connecting)) return null;
  const ends = node.type === "Succeed" || node.type === "Fail";
  const down = direction === "down";
  return (
    <>
      <Handle
        type="target"
        id="in"
        position={down ? Position.Top : Position.Left}
        className={styles.in}
        data-open={connecting || undefined}
        isConnectableStart={false}
      />
      {!ends && (
        <Handle
          type="source"
          id="next"
          position={down ? Position.Bottom : Position.Right}
          className={styles.out}
          data-shown
          data-testid={`handle-next-${node.name}`}
          title="Drag to the state that follows"
          isConnectableEnd={false}
        />
      )}
      {!ends && catches && (
        <Handle
          type="source"
          id="catch"
          position={down ? Position.Right : Position.Bottom}
          className={`${styles.out} ${down ? styles.side : ""}`}
          data-shown
          data-testid={`handle-catch-${node.name}`}
          title="Drag to the state that handles errors"
          isConnectableEnd={false}
        />
      )}
    </>
  );
});
