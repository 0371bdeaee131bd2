import { Link } from "react-router";
import type { ExecutionSummary } from "@/api/types.ts";
import { executionStatus, isLive } from "@/ui/status.ts";
import { StatusText } from "@/ui/StatusBadge.tsx";
import { Table } from "@/ui/Table.tsx";
import { duration, fullMoment, moment, roughly, useNow } from "@/ui/time.ts";
import styles from "./ExecutionsTable.module.css";

/** Executions as rows: status, name, workflow, what was run, when, how long, by whom. */
export function ExecutionsTable({ executions }: { executions: readonly ExecutionSummary[] }) {
  const someLive = executions.some(({ status }) => isLive(status));
  const now = useNow(someLive ? 1000 : 60_000);
  return (
    <Table label="Executions">
      <thead>
        <tr>
          <th className={styles.status}>Status</th>
          <th>Name</th>
          <th>Workflow</th>
          <th>Ran</th>
          <th>Started</th>
          <th className={styles.right}>Duration</th>
          <th>Started by</th>
        </tr>
      </thead>
      <tbody>
        {executions.map((execution) => (
          <tr key={execution.id}>
            <td>
              <StatusText status={executionStatus(execution.status, execution.waiting)} />
            </td>
            <td className={styles.name}>
              <Link to={`/executions/${execution.id}`} title={execution.name}>
                {execution.name}
              </Link>
            </td>
            <td className={styles.workflow}>
              {execution.workflow ? (
                <Link to={`/workflows/${execution.workflow.id}`} title={execution.workflow.name}>
                  {execution.workflow.name}
                </Link>
              ) : (
                <span className="muted">Deleted</span>
              )}
            </td>
            <td className="second">{ran(execution)}</td>
            <td className="second num" title={fullMoment(execution.started_at)}>
              {moment(execution.started_at, now)}
            </td>
            <td className={`second num ${styles.right}`}>{took(execution, now)}</td>
            <td className="second">{execution.started_by ?? ""}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function ran({ draft, version, revision }: ExecutionSummary): string {
  if (draft) return "Draft";
  if (version != null) return `Version ${version}`;
  return revision == null ? "" : `Revision ${revision}`;
}

/* What runs counts in whole seconds; what ended says its tenths. */
function took({ started_at, stopped_at }: ExecutionSummary, now: number): string {
  const began = new Date(started_at).getTime();
  return stopped_at === null ? roughly(now - began) : duration(new Date(stopped_at).getTime() - began);
}
