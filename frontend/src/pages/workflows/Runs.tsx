import type { ExecutionBrief, ExecutionSummary } from "@/api/types.ts";
import { executionStatus, statusSigns } from "@/ui/status.ts";
import styles from "./Runs.module.css";

interface RunsProps {
  executions: readonly ExecutionBrief[];
  last: ExecutionSummary | null;
}

/** The last twelve executions as a strip: full height ended well, half height did not, hollow has not ended. */
export function Runs({ executions, last }: RunsProps) {
  const signs = executions.map(({ id, name, status }) => {
    // Only the last execution says what it waits for.
    const sign = executionStatus(status, last?.id === id ? last.waiting : null);
    return { id, name, sign, word: statusSigns[sign].word };
  });
  const words = signs.map(({ word }) => word.toLowerCase());
  return (
    <span
      className={styles.runs}
      role="img"
      aria-label={`Last executions, oldest first: ${words.join(", ")}`}
    >
      {signs.map(({ id, name, sign, word }) => (
        <i key={id} data-status={sign} title={`${name}: ${word}`} />
      ))}
    </span>
  );
}
