import { Link } from "react-router";
import type { WorkflowSummary } from "@/api/types.ts";
import { Avatar } from "@/ui/Avatar.tsx";
import { LastRun } from "./LastRun.tsx";
import { Runs } from "./Runs.tsx";
import { Standing } from "./Standing.tsx";
import { Thumbnail } from "./Thumbnail.tsx";
import { useLiveStatuses } from "./useLiveStatuses.ts";
import { WorkflowMenu } from "./WorkflowMenu.tsx";
import styles from "./WorkflowCard.module.css";

interface WorkflowCardProps {
  workflow: WorkflowSummary;
  onDelete: () => void;
}

/** A workflow at a glance: picture, name, purpose, how it went, where it stands. */
export function WorkflowCard({ workflow, onDelete }: WorkflowCardProps) {
  const { id, name, description, last_execution: last, owner } = workflow;
  const statuses = useLiveStatuses(last, workflow.definition);
  const address = `/workflows/${id}`;
  return (
    <li className={styles.card}>
      <Link to={address} className={styles.picture} aria-label={`Open ${name}`} tabIndex={-1}>
        <Thumbnail definition={workflow.definition} layout={workflow.layout} statuses={statuses} />
      </Link>
      <div className={styles.body}>
        <div className={styles.name}>
          <h2 className="clip grow" title={name}>
            <Link to={address}>{name}</Link>
          </h2>
          <WorkflowMenu workflow={workflow} onDelete={onDelete} />
        </div>
        <p className={`second clip ${styles.purpose}`} title={description}>
          {description}
        </p>
        <div className={styles.last}>
          <LastRun execution={last} />
          <Runs executions={workflow.recent_executions} last={workflow.last_execution} />
        </div>
        <div className={styles.foot}>
          <Standing workflow={workflow} />
          <span className="grow" />
          {owner && <Avatar name={owner.name} initials={owner.initials} small />}
        </div>
      </div>
    </li>
  );
}
