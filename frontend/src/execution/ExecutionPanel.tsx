import type { ReactNode } from "react";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { Icon } from "@/ui/icons.tsx";
import { executionStatus, type Status } from "@/ui/status.ts";
import { StatusBadge, StatusIcon, StatusText } from "@/ui/StatusBadge.tsx";
import { TabPanel, Tabs } from "@/ui/Tabs.tsx";
import { CopyButton } from "@/ui/CodeValue.tsx";
import { duration, fullMoment } from "@/ui/time.ts";
import type { Execution } from "@/api/types.ts";
import { JsonBlock } from "./JsonBlock.tsx";
import type { Model } from "./model.ts";
import { TrialNote } from "./TrialNote.tsx";
import { openByName, waitingFor } from "./waiting.ts";
import styles from "./StatePanel.module.css";

export type ExecutionTab = "data" | "details" | "definition";

interface ExecutionPanelProps {
  execution: Execution;
  model: Model;
  now: number;
  tab: ExecutionTab;
  onTab: (tab: ExecutionTab) => void;
  /** Why it ended without success, where it did. */
  ended: ReactNode;
  onSelect: (state: string) => void;
}

/** The execution as a whole, while no state is chosen. */
export function ExecutionPanel({ execution, model, now, tab, onTab, ended, onSelect }: ExecutionPanelProps) {
  const status = executionStatus(model.status, waitingFor(model));
  const running = model.stoppedAt === null;
  return (
    <section className={styles.panel} aria-label="Execution" data-testid="panel-of-execution">
      <header className={styles.header}>
        <span className={styles.tile}>
          <Icon name="workflow" />
        </span>
        <div className="grow">
          <h2>The whole execution</h2>
          <p className="small muted clip">Choose a state in the graph or in the table to see what it did.</p>
        </div>
        <StatusBadge status={status} />
      </header>
      <Tabs
        id="execution"
        label="About the execution"
        value={tab}
        onChange={onTab}
        tabs={[
          { value: "data", label: "Input & Output" },
          { value: "details", label: "Details" },
          { value: "definition", label: "Definition" },
        ]}
      />
      <TabPanel id="execution" value={tab} className={styles.fill}>
        {tab === "data" && (
          <div className={styles.io}>
            {execution.trial && <TrialNote trial={execution.trial} onSelect={onSelect} />}
            {ended}
            <div className={styles.cols}>
              <JsonBlock title="Input" text={model.input} empty="The input has not arrived yet." />
              <JsonBlock
                title="Output"
                text={model.output}
                empty={
                  running ? (
                    <WhatLives {...{ model, now, status }} onSelect={onSelect} />
                  ) : (
                    "It ended without an output."
                  )
                }
              />
            </div>
          </div>
        )}
        {tab === "details" && (
          <div className={styles.scroll}>
            <Details {...{ execution, model, now }} />
          </div>
        )}
        {tab === "definition" && (
          <div className={styles.scroll}>
            <CodeValue label="Definition" value={execution.definition} />
          </div>
        )}
      </TabPanel>
    </section>
  );
}

const LISTED = 6;

/** What the execution is waiting for or working on, each state with the way to it. */
function WhatLives(props: { model: Model; now: number; status: Status; onSelect: (state: string) => void }) {
  const byName = openByName(props.model);
  const rest = byName.size - LISTED;
  return (
    <>
      <StatusText status={props.status} />
      <ul className={`${styles.ways} small`}>
        {[...byName].slice(0, LISTED).map(([name, visits]) => {
          const [first] = visits;
          return (
            first && (
              <li key={name}>
                <StatusIcon status={first.status} />
                <button type="button" className={styles.way} onClick={() => props.onSelect(name)}>
                  {name}
                </button>
                <span className="muted num">
                  {visits.length > 1 ? `×${visits.length}` : `for ${duration(props.now - first.enteredAt)}`}
                </span>
              </li>
            )
          );
        })}
        {rest > 0 && <li className="muted">and {rest} more</li>}
      </ul>
    </>
  );
}

function Details({ execution, model, now }: { execution: Execution; model: Model; now: number }) {
  const start = model.startedAt ?? Date.parse(execution.started_at);
  return (
    <dl className={styles.facts}>
      <dt>Name</dt>
      <dd>{execution.name}</dd>
      <dt>ARN</dt>
      <dd className="row">
        <span className="mono grow">{execution.arn}</span>
        <CopyButton text={execution.arn} label="Copy the ARN" />
      </dd>
      <dt>Started</dt>
      <dd>{fullMoment(new Date(start))}</dd>
      <dt>Ended</dt>
      <dd>{model.stoppedAt === null ? "not yet" : fullMoment(new Date(model.stoppedAt))}</dd>
      <dt>Duration</dt>
      <dd>{duration((model.stoppedAt ?? now) - start)}</dd>
      <dt>Definition</dt>
      <dd>{definitionInWords(execution)}</dd>
      <dt>Records</dt>
      <dd>
        {model.events} events, {model.lastSeq - model.events} notes
      </dd>
    </dl>
  );
}

/** Which definition ran: "version 3", "version 3 by alias live", "revision 7", "draft". The studio counts saves of a draft, not its runs. */
export function definitionInWords(
  execution: Pick<Execution, "draft" | "version" | "alias" | "revision">,
): string {
  if (execution.draft) return "draft";
  if (execution.version != null)
    return `version ${execution.version}${execution.alias ? ` by alias ${execution.alias}` : ""}`;
  return execution.revision == null ? "" : `revision ${execution.revision}`;
}
