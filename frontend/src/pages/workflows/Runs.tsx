import type { ExecutionBrief } from "@/api/types.ts";
import { executionStatus, statusSigns } from "@/ui/status.ts";
import styles from "./Runs.module.css";

/** The last twelve executions as a strip: full height ended well, half height did not, hollow has not ended. */
export function Runs({ executions }: { executions: readonly ExecutionBrief[] }) {
  const words = executions.map(({ status }) => statusSigns[executionStatus(status)].word.toLowerCase());
  return (
    <span
      className={styles.runs}
      role="img"
      aria-label={`Last executions, oldest first: ${words.join(", ")}`}
    >
      {executions.map((execution) => {
        const status = executionStatus(execution.status);
        return (
          <i
            key={execution.id}
            data-status={status}
            title={`${execution.name}: ${statusSigns[status].word}`}
          />
        );
      })}
    </span>
  );
}
