import type { NodeProps } from "@xyflow/react";
import { memo, useContext } from "react";

import { cardText } from "@/asl/card.ts";
import { mayCatch } from "@/asl/walk.ts";
import { EditingContext } from "@/canvas/editing.ts";
import { MarkSign } from "@/canvas/MarkSign.tsx";
import { Ports } from "@/canvas/Ports.tsx";
import type { CanvasNode } from "@/canvas/nodes.ts";
import { Icon } from "@/ui/icons.tsx";
import { stateIconName } from "@/canvas/icons.ts";
import { statusSigns } from "@/ui/status.ts";
import styles from "./StateCard.module.css";

/** A state: tile, name, what it is, and a foot that promises while drawing and reports while running. */
export const StateCard = memo(function StateCard({ data, selected }: NodeProps<CanvasNode>) {
  const { node, overlay, tabStop } = data;
  const editing = useContext(EditingContext);
  if (!node.state) return null;
  const text = cardText(node.state);
  const status = overlay ? statusSigns[overlay.status] : null;
  const problem = editing?.problems.get(node.id);
  const said = [node.name, text.line, status?.word, overlay?.right, problem && "has a problem"]
    .filter(Boolean)
    .join(", ");
  return (
    <div
      className={styles.card}
      data-status={overlay?.status}
      data-selected={selected || undefined}
      data-testid={`state-${node.name}`}
      data-node={node.id}
      role="button"
      tabIndex={tabStop ? 0 : -1}
      aria-label={said}
      aria-pressed={selected}
      title={node.name}
    >
      <span className={styles.tile}>
        <Icon name={stateIconName(text.icon)} />
      </span>
      <span className={styles.words}>
        <span className={`clip ${styles.name}`}>{node.name}</span>
        <span className={`clip ${styles.line}`}>{text.line}</span>
        <span className={styles.foot}>
          {overlay && status ? (
            <>
              <span className={styles.status} title={status.word}>
                <Icon name={status.icon} size="s" className={status.turns && "turns"} />
                <span className={styles.word}>{status.word}</span>
              </span>
              <span className="num">{overlay.right}</span>
            </>
          ) : (
            text.foot.map((part) => (
              <span key={part.text} className={styles.promise} title={part.text}>
                {part.icon && <Icon name={stateIconName(part.icon)} size="xs" />}
                <span className="clip">{part.text}</span>
              </span>
            ))
          )}
        </span>
      </span>
      {problem && !overlay && (
        <span className={styles.problem} data-severity={problem}>
          <Icon name="triangle-alert" size="xs" />
        </span>
      )}
      <MarkSign name={node.name} />
      <Ports node={node} catches={mayCatch(node.state)} />
    </div>
  );
});
