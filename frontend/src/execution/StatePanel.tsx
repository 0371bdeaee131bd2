import type { ReactNode } from "react";
import { argumentsOf, cardText } from "@/asl/card.ts";
import type { Graph, GraphNode } from "@/graph/derive.ts";
import { IconButton } from "@/ui/Button.tsx";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { Icon } from "@/ui/icons.tsx";
import { StatusText } from "@/ui/StatusBadge.tsx";
import { stateIcon } from "@/ui/stateIcons.ts";
import { TabPanel, Tabs } from "@/ui/Tabs.tsx";
import { Attempts } from "./Attempts.tsx";
import { EventsTable } from "./EventsTable.tsx";
import { InputOutput } from "./InputOutput.tsx";
import type { Model, Visit } from "./model.ts";
import { StateDetails } from "./StateDetails.tsx";
import { triesOf } from "./words.ts";
import styles from "./StatePanel.module.css";

export type StateTab = "data" | "map-run" | "details" | "definition" | "retry" | "events";

interface StatePanelProps {
  model: Model;
  graph: Graph;
  node: GraphNode;
  /** Null while the state was not entered in what is looked at. */
  visit: Visit | null;
  /** All stays in this state in the same frame, and a way to another. */
  stays: readonly number[];
  onStay: (visit: number) => void;
  now: number;
  /** When a Wait ends, as far as it is known. */
  due: number | null;
  partial: string | null;
  tab: StateTab;
  onTab: (tab: StateTab) => void;
  /** What can be done while it waits. */
  acts: ReactNode;
  /** The children of a distributed Map; of any other state there is nothing to show. */
  mapRun?: ReactNode;
}

/** Everything about one state of the execution. */
export function StatePanel(props: StatePanelProps) {
  const { model, node, visit, stays, now } = props;
  // The tab is kept while states are chosen; one that the next state lacks gives way to the first.
  const tab = props.tab === "map-run" && !props.mapRun ? "data" : props.tab;
  const resource = typeof node.state?.["Resource"] === "string" ? node.state["Resource"] : null;
  const id = "state";
  const place = placeInWords(props.graph, node, visit);
  const attempts = visit?.attempts.length ?? 0;
  return (
    <section className={styles.panel} aria-label={node.name} data-testid="panel-of-state">
      <header className={styles.header}>
        <span className={styles.tile}>
          <Icon name={stateIcon(node.type ?? "", resource)} />
        </span>
        <div className="grow">
          <h2 className="clip" title={node.name}>
            {node.name}
          </h2>
          <p className={`${styles.place} small`}>
            <StatusText
              status={visit?.status ?? "not-started"}
              detail={visit?.status === "retrying" ? (triesOf(visit) ?? undefined) : undefined}
            />
            <span className="muted clip" title={place}>
              {place}
            </span>
          </p>
        </div>
        <Stays stays={stays} visit={visit} onStay={props.onStay} />
        <span className={styles.acts}>{props.acts}</span>
      </header>
      <Tabs
        id={id}
        label={`About ${node.name}`}
        value={tab}
        onChange={props.onTab}
        tabs={[
          { value: "data", label: "Input & Output" },
          ...(props.mapRun ? [{ value: "map-run" as const, label: "Map Run" }] : []),
          { value: "details", label: "Details" },
          { value: "definition", label: "Definition" },
          {
            value: "retry",
            label: "Retry",
            count: attempts > 1 || visit?.attemptsAllowed ? attempts : undefined,
          },
          { value: "events", label: "Events", count: visit?.entries.length },
        ]}
      />
      <TabPanel id={id} value={tab} className={styles.fill}>
        {tab === "data" && <InputOutput {...{ node, visit, now }} due={props.due} partial={props.partial} />}
        {tab === "map-run" && <div className={styles.scroll}>{props.mapRun}</div>}
        {tab === "details" && (
          <div className={styles.scroll}>
            <StateDetails {...{ node, visit, now }} due={props.due} />
          </div>
        )}
        {tab === "definition" && (
          <div className={styles.scroll}>
            <CodeValue label="Definition" value={node.state ?? {}} />
          </div>
        )}
        {tab === "retry" && (
          <div className={styles.scroll}>
            <Attempts node={node} visit={visit} now={now} />
          </div>
        )}
        {tab === "events" && (
          <EventsTable
            entries={(visit?.entries ?? []).flatMap((seq) => model.entries[seq - 1] ?? [])}
            start={model.startedAt ?? now}
          />
        )}
      </TabPanel>
    </section>
  );
}

/** "‹ 3 of 5 ›" for a state that was entered more than once. */
function Stays({
  stays,
  visit,
  onStay,
}: {
  stays: readonly number[];
  visit: Visit | null;
  onStay: (visit: number) => void;
}) {
  if (visit === null || stays.length < 2) return null;
  const at = stays.indexOf(visit.number);
  const go = (to: number) => {
    const next = stays[to];
    if (next !== undefined) onStay(next);
  };
  return (
    <span className={`${styles.stay} small num`} title="Times this state was entered">
      <IconButton
        icon="chevron-left"
        label="The time before"
        small
        disabled={at <= 0}
        onClick={() => go(at - 1)}
      />
      {at + 1} of {stays.length}
      <IconButton
        icon="chevron-right"
        label="The time after"
        small
        disabled={at >= stays.length - 1}
        onClick={() => go(at + 1)}
      />
    </span>
  );
}

function placeInWords(graph: Graph, node: GraphNode, visit: Visit | null): string {
  const where = (visit?.scope ?? []).map(([container, index]) =>
    graph.nodes.get(container)?.kind === "parallel"
      ? `${container}, branch ${index + 1}`
      : `${container} #${index}`,
  );
  const state = node.state ?? {};
  const line = node.type === "Task" ? cardText(state).line : (node.type ?? "");
  const model = node.type === "Task" ? argumentsOf(state)["Model"] : undefined;
  return [...where, typeof model === "string" && !line.includes(model) ? `${line}, ${model}` : line].join(
    ", ",
  );
}
