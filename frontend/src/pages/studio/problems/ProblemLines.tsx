import { Icon } from "@/ui/icons.tsx";
import { Button } from "@/ui/Button.tsx";
import type { LocatedProblem } from "./problems.ts";
import styles from "../code/CodeMode.module.css";

interface ProblemLinesProps {
  /** Why the text cannot be read, or null. */
  problem: { line: number; column: number; reason: string } | null;
  problems: readonly LocatedProblem[];
  mayEdit: boolean;
  /** Null: where the text cannot be read. */
  onReveal: (location: string | null) => void;
  onFix: (problem: LocatedProblem) => void;
}

/** The problems below the text; each leads to its place, and is mended at once where it is known how. */
export function ProblemLines({ problem, problems, mayEdit, onReveal, onFix }: ProblemLinesProps) {
  return (
    <ul className={styles.problems} aria-label="Problems">
      {problem ? (
        <li>
          <button type="button" onClick={() => onReveal(null)}>
            <Icon name="circle-x" size="s" label="Error" />
            <span className="num">
              Line {problem.line}, column {problem.column}
            </span>
            <span className="grow">{problem.reason}</span>
          </button>
        </li>
      ) : (
        problems.map((each) => (
          <li key={`${each.location} ${each.message}`}>
            <button type="button" onClick={() => onReveal(each.location)} data-severity={each.severity}>
              <Icon
                name={each.severity === "ERROR" ? "circle-x" : "triangle-alert"}
                size="s"
                label={each.severity === "ERROR" ? "Error" : "Warning"}
              />
              <strong>{each.node ?? "Workflow"}</strong>
              <span className="grow">{each.message}</span>
            </button>
            {mayEdit && each.fix && (
              <Button kind="quiet" small icon="wand-sparkles" onClick={() => onFix(each)}>
                {each.fix.label}
              </Button>
            )}
          </li>
        ))
      )}
      {!problem && problems.length === 0 && <li className={styles.fine}>No problems</li>}
    </ul>
  );
}
