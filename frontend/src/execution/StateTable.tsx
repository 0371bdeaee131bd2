import { useMemo, useState } from "react";
import type { Graph } from "@/graph/derive.ts";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/icons.tsx";
import { StatusText } from "@/ui/StatusBadge.tsx";
import { stateIcon } from "@/ui/stateIcons.ts";
import { duration } from "@/ui/time.ts";
import type { Columns, StateFilter } from "./columns.ts";
import type { Model } from "./model.ts";
import type { Picture } from "./picture.ts";
import { rowsOf, scaleFor, type Row } from "./rows.ts";
import { Axis, Timeline, type Scale } from "./Timeline.tsx";
import { useRowWindow } from "./useRowWindow.ts";
import { triesOf } from "./words.ts";
import styles from "./StateTable.module.css";

/** The height of a row, as the style sheet has it. */
const ROW = 28;

interface StateTableProps {
  model: Model;
  graph: Graph;
  picture: Picture;
  now: number;
  selected: string | null;
  onSelect: (node: string) => void;
  onPickItem: (map: string, index: number) => void;
  columns: Columns;
  filter: StateFilter;
  onClearFilter: () => void;
}

/** Every state as a row: its status, when, how long, and its attempts on a timeline. */
export function StateTable(props: StateTableProps) {
  const { model, graph, picture, now, selected, columns, filter } = props;
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(
    () => rowsOf(model, graph, picture, folded).filter((row) => passes(row, filter)),
    [model, graph, picture, folded, filter],
  );
  const [frame, { from, to }] = useRowWindow(rows.length, ROW);
  const start = model.startedAt ?? now;
  const live = model.stoppedAt === null;
  const scale: Scale = { start, ...scaleFor((model.stoppedAt ?? now) - start) };

  const toggle = (row: Row) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(row.key)) next.add(row.key);
      return next;
    });

  if (rows.length === 0)
    return (
      <div className={styles.none}>
        No state fits the filter.{" "}
        <Button small onClick={props.onClearFilter}>
          Show all states
        </Button>
      </div>
    );
  return (
    <div className={styles.frame} ref={frame}>
      <table className={styles.table} aria-label="States" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col" style={{ width: 230 }}>
              Name
            </th>
            <th scope="col" style={{ width: 178 }}>
              Status
            </th>
            {columns.type && (
              <th scope="col" style={{ width: 72 }}>
                Type
              </th>
            )}
            {columns.after && (
              <th
                scope="col"
                className={styles.right}
                style={{ width: 84 }}
                title="Started so long after the execution began"
              >
                After
              </th>
            )}
            {columns.duration && (
              <th scope="col" className={styles.right} style={{ width: 88 }}>
                Duration
              </th>
            )}
            {columns.timeline && (
              <th scope="col" className={styles.time}>
                <span className="sr">Timeline</span>
                <Axis scale={scale} />
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {from > 0 && <tr aria-hidden style={{ height: from * ROW }} />}
          {rows.slice(from, to).map((row, index) => (
            <StateRow
              key={row.key}
              row={row}
              // The head of the table is its first row.
              number={from + index + 2}
              {...{ now, scale, live, columns }}
              chosen={row.iteration === null ? row.node.id === selected : false}
              open={
                row.iteration === null
                  ? !folded.has(row.key)
                  : picture.items.get(row.node.id)?.index === row.iteration
              }
              onFold={() =>
                row.iteration === null ? toggle(row) : props.onPickItem(row.node.name, row.iteration)
              }
              onSelect={() =>
                row.iteration === null
                  ? props.onSelect(row.node.id)
                  : props.onPickItem(row.node.name, row.iteration)
              }
            />
          ))}
          {to < rows.length && <tr aria-hidden style={{ height: (rows.length - to) * ROW }} />}
        </tbody>
      </table>
    </div>
  );
}

interface StateRowProps {
  row: Row;
  number: number;
  now: number;
  scale: Scale;
  live: boolean;
  columns: Columns;
  chosen: boolean;
  open: boolean;
  onFold: () => void;
  onSelect: () => void;
}

function StateRow({ row, number, now, scale, live, columns, chosen, open, onFold, onSelect }: StateRowProps) {
  const { node, visit } = row;
  const resource = typeof node.state?.["Resource"] === "string" ? node.state["Resource"] : null;
  const detail = row.status === "retrying" && visit ? (triesOf(visit) ?? undefined) : undefined;
  return (
    // The row is a larger target for the pointer; the name in it is the button for everybody else.
    <tr
      aria-selected={chosen}
      aria-rowindex={number}
      data-testid={`row-${row.key}`}
      data-status={row.status}
      onClick={onSelect}
    >
      <td title={row.label}>
        <span className={styles.name} style={{ paddingLeft: row.depth * 19 }}>
          {row.parent && (
            <button
              type="button"
              className={styles.fold}
              aria-expanded={open}
              aria-label={`${open ? "Fold" : "Unfold"} ${row.label}`}
              onClick={(event) => {
                event.stopPropagation();
                onFold();
              }}
            >
              <Icon name={open ? "chevron-down" : "chevron-right"} size="xs" />
            </button>
          )}
          {row.iteration === null && <Icon name={stateIcon(node.type ?? "", resource)} size="s" />}
          <button
            type="button"
            className={styles.label}
            onClick={(event) => (event.stopPropagation(), onSelect())}
          >
            {row.label}
          </button>
          {row.times > 1 && (
            <span className={styles.times} title={`Entered ${row.times} times`}>
              ×{row.times}
            </span>
          )}
        </span>
      </td>
      <td>
        <StatusText status={row.status} detail={detail} />
      </td>
      {columns.type && <td className="second">{row.iteration === null ? node.type : "Iteration"}</td>}
      {columns.after && (
        <td className={styles.right}>{row.from === null ? "" : duration(row.from - scale.start)}</td>
      )}
      {columns.duration && (
        <td className={styles.right}>{row.from === null ? "" : duration((row.until ?? now) - row.from)}</td>
      )}
      {columns.timeline && (
        <td className={styles.time}>
          <Timeline bars={row.bars} scale={scale} now={now} live={live} />
        </td>
      )}
    </tr>
  );
}

const bad: ReadonlySet<string> = new Set(["failed", "timed-out", "caught", "aborted"]);
const over: ReadonlySet<string> = new Set([...bad, "succeeded", "skipped", "reused", "not-started"]);

function passes(row: Row, filter: StateFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "bad":
      return bad.has(row.status);
    case "open":
      return !over.has(row.status);
    case "entered":
      return row.status !== "not-started";
  }
}
