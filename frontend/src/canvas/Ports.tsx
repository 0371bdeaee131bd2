import { Handle, Position, useConnection } from "@xyflow/react";
import { useContext } from "react";

import { EditingContext } from "@/canvas/editing.ts";
import type { GraphNode } from "@/graph/derive.ts";
import styles from "./Ports.module.css";

/** Where transitions leave and arrive. While one is being drawn, the whole node is where it may arrive. */
export function Ports({ node, catches }: { node: GraphNode; catches: boolean }) {
  const editing = useContext(EditingContext);
  const from = useConnection((connection) => (connection.inProgress ? connection.fromNode.id : null));
  const ends = node.kind === "end" || node.type === "Succeed" || node.type === "Fail";
  const fixed = node.kind === "start" || node.kind === "empty";
  const shown = editing !== null && !ends && !fixed;
  return (
    <>
      <Handle
        type="target"
        id="in"
        position={Position.Top}
        className={styles.in}
        data-open={(editing && from !== null && node.state !== null) || undefined}
        isConnectableStart={false}
        isConnectable={editing !== null && node.state !== null}
      />
      <Handle
        type="source"
        id="next"
        position={Position.Bottom}
        className={styles.out}
        data-shown={shown || undefined}
        data-testid={shown ? `handle-next-${node.name}` : undefined}
        title={shown ? "Drag to the state that follows" : undefined}
        isConnectable={shown}
        isConnectableEnd={false}
      />
      <Handle
        type="source"
        id="catch"
        position={Position.Right}
        className={`${styles.out} ${styles.side}`}
        data-shown={(shown && catches) || undefined}
        data-testid={shown && catches ? `handle-catch-${node.name}` : undefined}
        title={shown && catches ? "Drag to the state that handles errors" : undefined}
        isConnectable={shown && catches}
        isConnectableEnd={false}
      />
    </>
  );
}
