import { Link } from "react-router";
import type { WorkflowSummary } from "@/api/types.ts";
import { Avatar } from "@/ui/Avatar.tsx";
import { Table } from "@/ui/Table.tsx";
import { LastRun } from "./LastRun.tsx";
import { Runs } from "./Runs.tsx";
import { Standing } from "./Standing.tsx";
import { WorkflowMenu } from "./WorkflowMenu.tsx";
import styles from "./WorkflowTable.module.css";

interface WorkflowTableProps {
  workflows: readonly WorkflowSummary[];
  onDelete: (workflow: WorkflowSummary) => void;
}

/** The workflows as rows. */
export function WorkflowTable({ workflows, onDelete }: WorkflowTableProps) {
  return (
    <Table label="Workflows" className={styles.table}>
      <thead>
        <tr>
          <th>Name</th>
          <th>Description</th>
          <th>Last run</th>
          <th>Last 12</th>
          <th>Version</th>
          <th>Owner</th>
          <th>
            <span className="sr">More</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {workflows.map((workflow) => (
          <tr key={workflow.id}>
            <td className={styles.name}>
              <Link to={`/workflows/${workflow.id}`} title={workflow.name}>
                {workflow.name}
              </Link>
            </td>
            <td className={`second ${styles.purpose}`} title={workflow.description}>
              {workflow.description}
            </td>
            <td>
              <span className="row">
                <LastRun execution={workflow.last_execution} />
              </span>
            </td>
            <td>
              <Runs executions={workflow.recent_executions} last={workflow.last_execution} />
            </td>
            <td>
              <Standing workflow={workflow} />
            </td>
            <td>
              {workflow.owner && (
                <Avatar name={workflow.owner.name} initials={workflow.owner.initials} small />
              )}
            </td>
            <td>
              <WorkflowMenu workflow={workflow} onDelete={() => onDelete(workflow)} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
