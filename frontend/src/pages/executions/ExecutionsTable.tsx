import { Link } from "react-router";
import type { ExecutionSummary } from "@/api/types.ts";
import { TrialBadge } from "@/execution/TrialBadge.tsx";
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
    <Table label="Executions" className={styles.table}>
      <thead>
        <tr>
          <th className={styles.status}>Status</th>
          <th>Name</th>
          <th className={styles.roomy}>Workflow</th>
          <th className={styles.roomy}>Ran</th>
          <th className={styles.roomy}>Started</th>
          <th className={`${styles.right} ${styles.roomy}`}>Duration</th>
          <th className={styles.roomy}>Started by</th>
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
              <span className={styles.below}>{execution.workflow?.name ?? "Deleted"}</span>
              <span className={styles.below}>
                {moment(execution.started_at, now)}, {took(execution, now)}
                {execution.trial && ", trial"}
              </span>
            </td>
            <td className={`${styles.workflow} ${styles.roomy}`}>
              {execution.workflow ? (
                <Link to={`/workflows/${execution.workflow.id}`} title={execution.workflow.name}>
                  {execution.workflow.name}
                </Link>
              ) : (
                <span className="muted">Deleted</span>
              )}
            </td>
            <td className={`second ${styles.roomy}`}>
              {execution.trial ? <TrialBadge trial={execution.trial} /> : ran(execution)}
            </td>
            <td className={`second num ${styles.roomy}`} title={fullMoment(execution.started_at)}>
              {moment(execution.started_at, now)}
            </td>
            <td className={`second num ${styles.right} ${styles.roomy}`}>{took(execution, now)}</td>
            <td className={`second ${styles.roomy}`}>{execution.started_by ?? ""}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function ran({ draft, version, alias, revision }: ExecutionSummary): string {
  if (draft) return "Draft";
  if (version != null) return `Version ${version}${alias ? `, ${alias}` : ""}`;
  return revision == null ? "" : `Revision ${revision}`;
}

/* What runs counts in whole seconds; what ended says its tenths. */
function took({ started_at, stopped_at }: ExecutionSummary, now: number): string {
  const began = new Date(started_at).getTime();
  return stopped_at === null ? roughly(now - began) : duration(new Date(stopped_at).getTime() - began);
}
