import { useState } from "react";
import { Link } from "react-router";
import { useExecutions } from "@/api/executions.ts";
import { asProblem } from "@/api/problem.ts";
import type { ExecutionSummary, MapRun } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { CopyButton } from "@/ui/CodeValue.tsx";
import { Filter } from "@/ui/Filter.tsx";
import { Pager } from "@/ui/Pager.tsx";
import { executionStatus, statusOptions, statusSigns } from "@/ui/status.ts";
import { StatusText } from "@/ui/StatusBadge.tsx";
import { Table } from "@/ui/Table.tsx";
import { duration, fullMoment, moment, numeral, useNow } from "@/ui/time.ts";
import { countsOf } from "./mapRuns.ts";
import { MapRunDialog } from "./MapRunDialog.tsx";
import { runName } from "./words.ts";
import styles from "./MapRunPanel.module.css";

/** What a distributed Map state started: counts, bounds, and each child with the way to its own page. */
export function MapRunPanel({ run, mayChange }: { run: MapRun | null; mayChange: boolean }) {
  if (run === null) return <p className="muted">The Map Run has not started: there are no children yet.</p>;
  return (
    <div className={styles.panel}>
      <Counts run={run} />
      <Bounds run={run} mayChange={mayChange} />
      <Children key={run.id} run={run} />
    </div>
  );
}

/** How the children do: a bar, and each count with its sign and its word. */
function Counts({ run }: { run: MapRun }) {
  const counts = countsOf(run.counts);
  const said = counts.map(([status, count]) => `${count} ${statusSigns[status].word.toLowerCase()}`);
  return (
    <div className={styles.counts}>
      <div
        className={styles.bar}
        role="img"
        aria-label={`${run.counts.total} items: ${said.join(", ") || "none"}`}
      >
        {counts.map(([status, count]) => (
          <i key={status} data-status={status} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className={`${styles.legend} small`}>
        {counts.map(([status, count]) => (
          <li key={status}>
            <StatusText status={status} />
            <strong className="num">{numeral(count)}</strong>
          </li>
        ))}
        <li className="muted">
          of <span className="num">{numeral(run.counts.total)}</span>{" "}
          {run.counts.total === 1 ? "item" : "items"}
        </li>
      </ul>
    </div>
  );
}

function Bounds({ run, mayChange }: { run: MapRun; mayChange: boolean }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.bounds}>
      <dl className={styles.facts}>
        <dt>At one time</dt>
        <dd>{run.max_concurrency === 0 ? "as many as the quota allows" : numeral(run.max_concurrency)}</dd>
        <dt>May fail</dt>
        <dd>{tolerance(run)}</dd>
        {run.redrive_count > 0 && (
          <>
            <dt>Redrives</dt>
            <dd className="num">{numeral(run.redrive_count)}</dd>
          </>
        )}
        <dt>ARN</dt>
        <dd className="row">
          <span className={`mono clip ${styles.arn}`} title={run.arn}>
            {run.arn}
          </span>
          <CopyButton text={run.arn} label="Copy the ARN of the Map Run" />
        </dd>
      </dl>
      {mayChange && run.status === "RUNNING" && (
        <Button small icon="pencil" onClick={() => setAsking(true)}>
          Change bounds
        </Button>
      )}
      {asking && <MapRunDialog run={run} onClose={() => setAsking(false)} />}
    </div>
  );
}

function tolerance({ tolerated_failure_count: count, tolerated_failure_percentage: share }: MapRun): string {
  const bounds = [count > 0 && numeral(count), share > 0 && `${share} %`].filter(Boolean);
  return bounds.length === 0 ? "none" : bounds.join(" or ");
}

function Children({ run }: { run: MapRun }) {
  const [status, setStatus] = useState("");
  const [page, setPage] = useState(1);
  const list = useExecutions({ map_run: run.id, status, page });
  const rows = list.data?.results ?? [];
  const now = useNow(run.status === "RUNNING" ? 1000 : null);
  return (
    <section className={styles.children} aria-label="Children">
      <header className={styles.head}>
        <h3>Child executions</h3>
        <Filter
          label="Status"
          value={status}
          options={statusOptions}
          onChange={(chosen) => {
            setStatus(chosen);
            setPage(1);
          }}
        />
      </header>
      {list.isError ? (
        <p className="muted">{asProblem(list.error).sentence}</p>
      ) : rows.length === 0 ? (
        <p className="muted">{list.isPending ? "Looking for them…" : "None."}</p>
      ) : (
        <Table label="Child executions">
          <thead>
            <tr>
              <th className={styles.item}>Item</th>
              <th className={styles.status}>Status</th>
              <th>Execution</th>
              <th>Started</th>
              <th className={styles.right}>Duration</th>
              <th>Error</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((child) => (
              <Child key={child.id} child={child} now={now} />
            ))}
          </tbody>
        </Table>
      )}
      <Pager
        page={page}
        count={list.data?.count ?? 0}
        shown={rows.length}
        more={Boolean(list.data?.next)}
        onChange={setPage}
      />
    </section>
  );
}

function Child({ child, now }: { child: ExecutionSummary; now: number }) {
  const started = Date.parse(child.started_at);
  const ended = child.stopped_at === null ? Math.max(now, started) : Date.parse(child.stopped_at);
  return (
    <tr>
      <td className="num">#{child.item_index}</td>
      <td>
        <StatusText status={executionStatus(child.status, child.waiting)} />
      </td>
      <td className={styles.name}>
        <Link to={`/executions/${child.id}`} title={child.name}>
          {runName(child.name)}
        </Link>
      </td>
      <td title={fullMoment(child.started_at)}>{moment(child.started_at, now)}</td>
      <td className={`num ${styles.right}`}>{duration(ended - started)}</td>
      <td className={`clip ${styles.error}`} title={child.error ?? undefined}>
        {child.error}
      </td>
    </tr>
  );
}
