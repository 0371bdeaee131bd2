import { useMemo, useState } from "react";
import { useColumns, type Columns, type StateFilter } from "@/execution/columns.ts";
import { EventsTable, eventsThrough, type EventFilter } from "@/execution/EventsTable.tsx";
import type { Model } from "@/execution/model.ts";
import type { Picture } from "@/execution/picture.ts";
import { StateTable } from "@/execution/StateTable.tsx";
import type { Graph } from "@/graph/derive.ts";
import { Button } from "@/ui/Button.tsx";
import { Menu, MenuChoice, MenuItem } from "@/ui/Menu.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import type { Selection } from "./useSelection.ts";
import styles from "./ExecutionPage.module.css";

interface RecordsProps {
  model: Model;
  graph: Graph;
  picture: Picture;
  now: number;
  selection: Selection;
  selected: string | null;
  onSelect: (state: string | null) => void;
}

const stateFilters: readonly { value: StateFilter; label: string }[] = [
  { value: "all", label: "All states" },
  { value: "entered", label: "Started" },
  { value: "open", label: "Not ended" },
  { value: "bad", label: "Failed, caught or aborted" },
];
const eventFilters: readonly { value: EventFilter; label: string }[] = [
  { value: "all", label: "Events and notes" },
  { value: "events", label: "History events" },
  { value: "notes", label: "Notes" },
  { value: "errors", label: "Errors" },
];
const columnNames: readonly [keyof Columns, string][] = [
  ["type", "Type"],
  ["after", "After"],
  ["duration", "Duration"],
  ["timeline", "Timeline"],
];

/** The execution as rows: its states with a timeline, or its record. */
export function Records({ model, graph, picture, now, selection, selected, onSelect }: RecordsProps) {
  const [columns, setColumns] = useColumns();
  const [stateFilter, setStateFilter] = useState<StateFilter>("all");
  const [eventFilter, setEventFilter] = useState<EventFilter>("all");
  const { lastSeq } = model;
  const entries = useMemo(
    () => (lastSeq === 0 ? [] : eventsThrough(model.entries, eventFilter)),
    [model.entries, lastSeq, eventFilter],
  );
  const table = selection.view === "table";
  const filters = table ? stateFilters : eventFilters;
  const filter = table ? stateFilter : eventFilter;
  const label = filters.find((one) => one.value === filter)?.label ?? "Filter";

  return (
    <section className={styles.lower} aria-label={table ? "Table of states" : "Table of events"}>
      <div className={styles.bar}>
        <Segmented
          label="Shown as"
          value={selection.view}
          onChange={selection.show}
          segments={[
            { value: "table", label: "Table", icon: "table" },
            { value: "events", label: "Events", icon: "list", count: model.lastSeq },
          ]}
        />
        <span className="grow" />
        <Menu
          align="end"
          trigger={
            <Button kind="quiet" small icon="funnel">
              {filter === "all" ? "Filter" : label}
            </Button>
          }
        >
          {table ? (
            <MenuChoice value={stateFilter} onChange={setStateFilter} options={stateFilters} />
          ) : (
            <MenuChoice value={eventFilter} onChange={setEventFilter} options={eventFilters} />
          )}
        </Menu>
        {table && (
          <Menu
            align="end"
            trigger={
              <Button kind="quiet" small icon="columns-3">
                Columns
              </Button>
            }
          >
            {columnNames.map(([name, word]) => (
              <MenuItem
                key={name}
                icon={columns[name] ? "check" : "minus"}
                onSelect={() => setColumns({ ...columns, [name]: !columns[name] })}
              >
                {word}
              </MenuItem>
            ))}
          </Menu>
        )}
      </div>
      {table ? (
        <StateTable
          {...{ model, graph, picture, now, selected, columns }}
          onSelect={onSelect}
          onPickItem={selection.pick}
          filter={stateFilter}
          onClearFilter={() => setStateFilter("all")}
        />
      ) : (
        <EventsTable entries={entries} start={model.startedAt ?? now} onSelect={onSelect} />
      )}
    </section>
  );
}
