import { Button, IconButton } from "@/ui/Button.tsx";
import { Icon } from "@/ui/icons.tsx";
import type { LocatedProblem } from "./problems.ts";
import styles from "../Studio.module.css";

interface ProblemsPanelProps {
  problems: readonly LocatedProblem[];
  onJump: (problem: LocatedProblem) => void;
  /** Mends the problem in one step; null where nothing may be changed. */
  onFix: ((problem: LocatedProblem) => void) | null;
  onClose: () => void;
}

/** All that is wrong with the definition; each line leads to its state and field. */
export function ProblemsPanel({ problems, onJump, onFix, onClose }: ProblemsPanelProps) {
  return (
    <section className={styles.problems} aria-label="Problems" data-testid="problems">
      <header>
        <h2>Problems</h2>
        <span className="muted small grow">
          {problems.length === 0
            ? "The definition is valid."
            : "They keep a draft from being published when they are errors."}
        </span>
        <IconButton icon="x" label="Close the problems" small onClick={onClose} />
      </header>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.location} ${problem.code} ${problem.message}`}>
            <button type="button" onClick={() => onJump(problem)} title={problem.location}>
              <span className={problem.severity === "ERROR" ? styles.error : styles.warning}>
                <Icon
                  name={problem.severity === "ERROR" ? "circle-x" : "triangle-alert"}
                  size="s"
                  label={problem.severity === "ERROR" ? "Error" : "Warning"}
                />
              </span>
              <strong>{problem.node ?? "Workflow"}</strong>
              <span className="muted">{problem.field.join(" › ")}</span>
              <span className="grow">{problem.message}</span>
            </button>
            {onFix && problem.fix && (
              <Button kind="quiet" small icon="wand-sparkles" onClick={() => onFix(problem)}>
                {problem.fix.label}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
