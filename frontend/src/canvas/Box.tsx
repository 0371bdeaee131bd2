import type { NodeProps } from "@xyflow/react";
import { memo, useContext } from "react";

import { cardText, itemsInWords } from "@/asl/card.ts";
import { EditingContext } from "@/canvas/editing.ts";
import { FoldButton } from "@/canvas/FoldButton.tsx";
import type { StateNode } from "@/canvas/nodes.ts";
import type { StateOverlay } from "@/canvas/overlay.ts";
import { MarksContext } from "@/canvas/marks.ts";
import { MarkSign } from "@/canvas/MarkSign.tsx";
import { Ports } from "@/canvas/Ports.tsx";
import { useNear } from "@/canvas/useNear.ts";
import { IconButton } from "@/ui/Button.tsx";
import { Icon } from "@/ui/icons.tsx";
import { statuses, statusSigns, type Status } from "@/ui/status.ts";
import { StatusIcon, StatusText } from "@/ui/StatusBadge.tsx";
import styles from "./Box.module.css";

/** A Parallel or Map state: what runs inside stands inside. */
export const Box = memo(function Box({ data, selected }: NodeProps<StateNode>) {
  const { node, overlay, tabStop, lanes, onPickItem, problem, direction } = data;
  const editing = useContext(EditingContext);
  const [near, visits] = useNear(selected);
  const pinned = useContext(MarksContext).get(node.name) === "pinned";
  if (!node.state) return null;
  const text = cardText(node.state);
  const isMap = node.kind === "map";
  const word = overlay && statusSigns[overlay.status].word;
  return (
    <section
      className={styles.box}
      data-map={isMap || undefined}
      data-status={overlay?.status}
      data-selected={selected || undefined}
      data-testid={`state-${node.name}`}
      data-node={node.id}
      aria-label={node.name}
      {...visits}
    >
      <div
        className={styles.header}
        role="button"
        tabIndex={tabStop ? 0 : -1}
        aria-pressed={selected}
        aria-expanded
        aria-label={[
          node.name,
          text.line,
          word,
          overlay?.right,
          problem && "has a problem",
          pinned && "output pinned",
        ]
          .filter(Boolean)
          .join(", ")}
        title={node.name}
      >
        <Icon name={isMap ? "layers" : "columns-3"} />
        <span className={`clip ${styles.name}`}>{node.name}</span>{" "}
        <span className={`clip grow ${styles.line}`}>{text.line}</span>{" "}
        {problem && !overlay && (
          <Icon name="triangle-alert" size="s" className={styles.problem} label="Has a problem" />
        )}
        {overlay && (
          <span className={styles.report}>
            <StatusText status={overlay.status} /> <span className="num">{overlay.right}</span>
          </span>
        )}
      </div>
      {editing && !isMap && (
        // Beside the header and not inside it: one button in another cannot be reached with a keyboard.
        <button
          type="button"
          className={`nodrag ${styles.branch}`}
          onClick={() => editing.onAddBranch(node.id)}
          title="Add a branch"
        >
          <Icon name="plus" size="xs" />
          Branch
        </button>
      )}
      <FoldButton node={node} folded={false} className={styles.fold} />
      {lanes.map((at) => (
        <i
          key={at}
          className={direction === "down" ? styles.lane : styles.row}
          style={direction === "down" ? { left: at } : { top: at }}
        />
      ))}
      {isMap && (
        <MapFoot
          overlay={overlay}
          words={itemsInWords(node.state)}
          name={node.name}
          onPick={(index) => onPickItem?.(node.id, index)}
        />
      )}
      <MarkSign name={node.name} />
      <Ports node={node} catches direction={direction} near={near} />
    </section>
  );
});

/** As many counts as a box of one card's width has room for; the others are in a title. */
const MOST_COUNTS = 3;

/** What nobody waits for or worries about comes last. */
const SETTLED: ReadonlySet<Status> = new Set(["not-started", "skipped", "reused"]);

function countInWords(counts: Partial<Record<Status, number>>, status: Status): string {
  return `${counts[status] ?? 0} ${statusSigns[status].word.toLowerCase()}`;
}

interface MapFootProps {
  overlay: StateOverlay | null;
  words: string;
  name: string;
  onPick: (index: number) => void;
}

/** What a Map goes through; while running, which item is looked at and how the others do. */
function MapFoot({ overlay, words, name, onPick }: MapFootProps) {
  const items = overlay?.items;
  if (!items || items.total === 0)
    return (
      <p className={`clip ${styles.items}`} title={words}>
        {items ? "No items" : words}
      </p>
    );
  const counted = statuses
    .filter((status) => items.counts[status])
    .sort((one, other) => Number(SETTLED.has(one)) - Number(SETTLED.has(other)));
  const more = counted.slice(MOST_COUNTS);
  return (
    <div className={`nodrag nopan ${styles.items}`}>
      {items.index === null ? (
        <strong className="num">
          {items.total} {items.total === 1 ? "item" : "items"}
        </strong>
      ) : (
        <ItemPicker index={items.index} total={items.total} name={name} onPick={onPick} />
      )}
      <span className={styles.counts}>
        {counted.slice(0, MOST_COUNTS).map((status) => (
          <span key={status} className="num" title={countInWords(items.counts, status)}>
            <StatusIcon status={status} size="xs" />
            {items.counts[status]}
          </span>
        ))}
        {more.length > 0 && (
          <span
            className="num"
            title={more.map((status) => countInWords(items.counts, status)).join(", ")}
          >{`+${more.length}`}</span>
        )}
      </span>
    </div>
  );
}

function ItemPicker(props: { index: number; total: number; name: string; onPick: (index: number) => void }) {
  const { index, total, name, onPick } = props;
  return (
    <>
      <IconButton
        icon="chevron-left"
        label={`${name}: item before`}
        small
        disabled={index <= 0}
        onClick={() => onPick(index - 1)}
      />
      <strong className="num">
        #{index} of {total}
      </strong>
      <IconButton
        icon="chevron-right"
        label={`${name}: next item`}
        small
        disabled={index >= total - 1}
        onClick={() => onPick(index + 1)}
      />
    </>
  );
}
