import type { NodeProps } from "@xyflow/react";
import { memo, useContext } from "react";

import { cardText } from "@/asl/card.ts";
import { mayCatch } from "@/asl/walk.ts";
import { FoldButton } from "@/canvas/FoldButton.tsx";
import { MarksContext } from "@/canvas/marks.ts";
import { MarkSign } from "@/canvas/MarkSign.tsx";
import { stateIconName } from "@/canvas/icons.ts";
import type { Held, StateNode } from "@/canvas/nodes.ts";
import { Ports } from "@/canvas/Ports.tsx";
import { useNear } from "@/canvas/useNear.ts";
import { Icon } from "@/ui/icons.tsx";
import { statuses, statusSigns } from "@/ui/status.ts";
import { StatusIcon } from "@/ui/StatusBadge.tsx";
import styles from "./StateCard.module.css";

/** A state: tile, name, what it is, and a foot that promises while drawing and reports while running. */
export const StateCard = memo(function StateCard({ data, selected }: NodeProps<StateNode>) {
  const { node, overlay, tabStop, problem, held, disabled, direction } = data;
  const [near, visits] = useNear(selected);
  const pinned = useContext(MarksContext).get(node.name) === "pinned";
  if (!node.state) return null;
  const text = cardText(disabled?.state ?? node.state);
  const status = overlay ? statusSigns[overlay.status] : null;
  const foot = footOf(text, held, disabled?.since ?? null);
  const rollUp = held?.statuses ?? null;
  // What is read out is what is seen, in the same order.
  const said = [
    node.name,
    text.line,
    ...(status ? [status.word, overlay?.right] : foot.map((part) => part.text)),
    problem && "has a problem",
    held && "folded",
    pinned && "output pinned",
    rollUp && statuses.flatMap((each) => (rollUp[each] ? [countInWords(rollUp[each], each)] : [])),
  ];
  return (
    <div className={styles.place} {...visits}>
      <div
        className={styles.card}
        data-status={overlay?.status}
        data-selected={selected || undefined}
        data-folded={held ? node.kind : undefined}
        data-disabled={disabled ? "" : undefined}
        data-testid={`state-${node.name}`}
        data-node={node.id}
        role="button"
        tabIndex={tabStop ? 0 : -1}
        aria-label={said.flat().filter(Boolean).join(", ")}
        aria-pressed={selected}
        aria-expanded={held ? false : undefined}
        title={node.name}
      >
        <span className={styles.tile}>
          <Icon name={disabled ? "power-off" : stateIconName(text.icon)} />
        </span>
        <span className={styles.words}>
          <span className={`clip ${styles.name}`}>{node.name}</span>{" "}
          <span className={`clip ${styles.line}`}>{text.line}</span>{" "}
          <span className={styles.foot}>
            {overlay && status ? (
              <>
                <span className={styles.status} title={status.word}>
                  <Icon name={status.icon} size="s" className={status.turns && "turns"} />
                  <span className={styles.word}>{status.word}</span>
                </span>{" "}
                {rollUp ? <RollUp counts={rollUp} /> : <span className="num">{overlay.right}</span>}
              </>
            ) : (
              foot.map((part) => (
                <span key={part.text} className={styles.promise} title={part.text}>
                  {/* Three promises have room for their words alone. */}
                  {part.icon && foot.length < 3 && <Icon name={stateIconName(part.icon)} size="xs" />}
                  <span className="clip">{part.text}</span>{" "}
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
      </div>
      {held && <FoldButton node={node} folded className={styles.unfold} />}
      <MarkSign name={node.name} />
      <Ports node={node} catches={mayCatch(node.state)} direction={direction} near={near} />
    </div>
  );
});

function footOf(text: ReturnType<typeof cardText>, held: Held | null, since: string | null) {
  if (since !== null)
    return [{ icon: null, text: `Disabled${since ? ` since ${sinceInWords(since)}` : ""}` }];
  if (held)
    return [{ icon: "layers", text: `${held.count} ${held.count === 1 ? "state" : "states"}` }, ...text.foot];
  return text.foot;
}

function sinceInWords(since: string): string {
  const at = new Date(since);
  return Number.isNaN(at.getTime())
    ? since
    : at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

function countInWords(count: number, status: (typeof statuses)[number]): string {
  return `${count} ${statusSigns[status].word.toLowerCase()}`;
}

/** How many of the states inside a folded box are in which status; what nobody waits for stays away. */
function RollUp({ counts }: { counts: NonNullable<Held["statuses"]> }) {
  const shown = statuses.filter((status) => counts[status] && status !== "not-started").slice(0, 3);
  const all = statuses.flatMap((status) => (counts[status] ? [countInWords(counts[status], status)] : []));
  return (
    <span className={styles.rollUp} title={all.join(", ")} aria-hidden>
      {shown.map((status) => (
        <span key={status} className="num" data-status={status}>
          <StatusIcon status={status} size="xs" />
          {counts[status]}
        </span>
      ))}
    </span>
  );
}
