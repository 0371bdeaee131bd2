import { useState } from "react";
import { Button } from "@/ui/Button.tsx";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { Icon } from "@/ui/icons.tsx";
import { clockTime, duration, fullMoment, numeral } from "@/ui/time.ts";
import { isNote, type Entry } from "./entry.ts";
import styles from "./EventsTable.module.css";

export type EventFilter = "all" | "events" | "notes" | "errors";

interface EventsTableProps {
  entries: readonly Entry[];
  /** When the execution started: times are told from here. */
  start: number;
  /** Left out where all entries are of one state. */
  onSelect?: (state: string) => void;
}

const PAGE = 200;

/** The record as it was written: history events with the service's ids, and notes, which have none. */
export function EventsTable({ entries, start, onSelect }: EventsTableProps) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [shown, setShown] = useState(PAGE);
  const toggle = (seq: number) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(seq)) next.add(seq);
      return next;
    });
  const hidden = Math.max(0, entries.length - shown);

  if (entries.length === 0) return <p className={styles.more}>Nothing is recorded here.</p>;
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Events">
        <thead>
          <tr>
            <th scope="col" style={{ width: 68 }}>
              Id
            </th>
            <th scope="col">Type</th>
            {onSelect && <th scope="col">State</th>}
            <th scope="col" className={styles.right} style={{ width: 92 }}>
              After
            </th>
            <th scope="col" className={styles.right} style={{ width: 92 }}>
              Time
            </th>
            <th scope="col" className={styles.right} style={{ width: 84, paddingRight: 16 }}>
              Previous
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, shown).map((entry) => (
            <EventRows
              key={entry.seq}
              {...{ entry, start, onSelect }}
              open={open.has(entry.seq)}
              onToggle={() => toggle(entry.seq)}
            />
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <p className={styles.more}>
          <span>{numeral(hidden)} more</span>
          <Button small onClick={() => setShown(shown + 5 * PAGE)}>
            Show {numeral(Math.min(hidden, 5 * PAGE))} more
          </Button>
        </p>
      )}
    </div>
  );
}

interface EventRowsProps {
  entry: Entry;
  start: number;
  onSelect?: (state: string) => void;
  open: boolean;
  onToggle: () => void;
}

function EventRows({ entry, start, onSelect, open, onToggle }: EventRowsProps) {
  const note = isNote(entry);
  return (
    <>
      <tr className={styles.entry} data-note={note ? "" : undefined}>
        <td className="num muted">
          {note ? (
            <span className={styles.note}>note</span>
          ) : (
            (entry.id ?? <span title="Inside a map run: not in the history of this execution">–</span>)
          )}
        </td>
        <td title={entry.type}>
          <button type="button" className={styles.type} aria-expanded={open} onClick={onToggle}>
            <Icon name={open ? "chevron-down" : "chevron-right"} size="xs" />
            <span className={isBad(entry) ? `clip ${styles.bad}` : "clip"}>{entry.type}</span>
          </button>
        </td>
        {onSelect && (
          <td title={entry.state ?? undefined}>
            {entry.state !== null && (
              <button
                type="button"
                className={styles.state}
                onClick={() => entry.state !== null && onSelect(entry.state)}
              >
                {entry.state}
                <span className="muted">{placeOf(entry)}</span>
              </button>
            )}
          </td>
        )}
        <td className={`${styles.right} second`}>{duration(Date.parse(entry.at) - start)}</td>
        <td className={`${styles.right} second`} title={fullMoment(entry.at)}>
          {clockTime(entry.at, true)}
        </td>
        <td className={`${styles.right} muted`} style={{ paddingRight: 16 }}>
          {entry.previous_event_id}
        </td>
      </tr>
      {open && (
        <tr>
          <td className={styles.details} colSpan={onSelect ? 6 : 5}>
            <CodeValue value={readable(entry)} maxHeight="20rem" />
          </td>
        </tr>
      )}
    </>
  );
}

/** What the filter lets through. */
export function eventsThrough(entries: readonly Entry[], filter: EventFilter): readonly Entry[] {
  switch (filter) {
    case "all":
      return entries;
    case "events":
      return entries.filter((entry) => !isNote(entry));
    case "notes":
      return entries.filter(isNote);
    case "errors":
      return entries.filter(isBad);
  }
}

function isBad({ type }: Entry): boolean {
  return /(Failed|TimedOut|Lost|FailedByHand)$/.test(type) || type === "FailStateEntered";
}

function placeOf({ scope }: Entry): string {
  const place = scope.at(-1);
  return place ? ` #${place[1]}` : "";
}

/* Payloads are JSON texts inside the details; a reader wants the values. */
function readable({ details }: Entry): unknown {
  if (details === null) return {};
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, parsed(value)]));
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
