import { Link } from "react-router";
import type { Approval } from "@/api/types.ts";
import { Icon } from "@/ui/icons.tsx";
import { fullMoment, moment } from "@/ui/time.ts";
import { deadlineWords, isOverdue } from "./deadline.ts";
import styles from "./ApprovalRow.module.css";

interface ApprovalRowProps {
  approval: Approval;
  now: number;
  held: boolean;
  to: string;
}

/** One question in the inbox: what is asked, by which run, until when or how it ended. */
export function ApprovalRow({ approval, now, held, to }: ApprovalRowProps) {
  const { question, workflow, execution, status, decision, expires_at: until } = approval;
  const late = isOverdue(approval, now);
  return (
    <li>
      <Link to={to} className={styles.row} aria-current={held ? "true" : undefined}>
        <span className={styles.question}>{question}</span>
        <span className={styles.from} title={`${workflow?.name ?? ""} ${execution.name}`}>
          {workflow ? `${workflow.name}, ` : ""}
          {execution.name}
        </span>
        {status === "open" ? (
          <span
            className={late ? `${styles.until} ${styles.late}` : styles.until}
            title={until === null ? undefined : fullMoment(until)}
          >
            <Icon name={late ? "clock-alert" : "clock"} size="s" />
            {deadlineWords(approval, now)}
          </span>
        ) : (
          <span className={styles.until}>
            <Icon
              name={status === "decided" ? "check" : status === "expired" ? "clock-alert" : "ban"}
              size="s"
            />
            {decision ? `${decision.label}, by ${decision.by}, ${moment(decision.at, now)}` : ended[status]}
          </span>
        )}
      </Link>
    </li>
  );
}

const ended = { decided: "Decided", expired: "Time is up", withdrawn: "Withdrawn" } as const;
