import { useReview, type Review, type Use } from "@/api/imports.ts";
import { useState } from "react";
import { asProblem } from "@/api/problem.ts";
import { fillText } from "@/document/commands/fillPlaceholders.ts";
import { PlaceholdersDialog } from "@/pages/studio/PlaceholdersDialog.tsx";
import { Button } from "@/ui/Button.tsx";
import { Icon, type IconName } from "@/ui/icons.tsx";
import { useDebounced } from "@/ui/useDebounced.ts";
import { shortResource } from "./names.ts";
import type { WorkflowType } from "./TypeField.tsx";
import styles from "./ImportDialog.module.css";

interface Group {
  title: string;
  icon: IconName;
  uses: readonly Use[];
  /** What is wrong with one that is not there. */
  absent: string;
}

interface ImportReviewProps {
  definition: string;
  /** What is being done, for "… runs and calls nothing". */
  act?: string;
  type?: WorkflowType;
  /** Takes the definition with placeholders filled in, where that can be done. */
  onFill?: (definition: string) => void;
}

/** What a definition would reach if it ran: told before it is taken in. Nothing is called for it. */
export function ImportReview({ definition, act = "Importing", type, onFill }: ImportReviewProps) {
  const text = useDebounced(definition, 300);
  const [filling, setFilling] = useState(false);
  const { data, error } = useReview(text, type);
  if (error) return <p className={styles.quiet}>{asProblem(error).sentence}</p>;
  if (!data) return <p className={styles.quiet}>Reading the definition</p>;
  const groups = groupsOf(data).filter(({ uses }) => uses.length > 0);
  const errors = data.diagnostics.filter(({ severity }) => severity === "ERROR");
  return (
    <section className={styles.review} aria-label="What it would use" data-testid="import-review">
      <h3>What it would use</h3>
      <p className="small muted">
        {data.states} {data.states === 1 ? "state" : "states"}, expressions in {data.language}. {act} runs and
        calls nothing.
      </p>
      {groups.length === 0 && <p className="small">Nothing outside this workflow.</p>}
      {groups.map(({ title, icon, uses, absent }) => (
        <div key={title} className={styles.group}>
          <h4>
            <Icon name={icon} size="s" />
            {title}
          </h4>
          <ul>
            {uses.map((use) => (
              <li key={use.name} title={`${use.name}, in ${use.states.join(", ")}`}>
                <span className="clip">{shortResource(use.name)}</span>
                {!use.known && (
                  <span className={styles.absent}>
                    <Icon name="triangle-alert" size="xs" />
                    {absent}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {data.placeholders.length > 0 && (
        <div className={styles.group}>
          <h4>
            <Icon name="braces" size="s" />
            Placeholders to fill in
          </h4>
          <ul>
            {data.placeholders.map((each) => (
              <li key={each} className="mono">
                {"${" + each + "}"}
              </li>
            ))}
          </ul>
          {onFill && (
            <div>
              <Button small icon="braces" onClick={() => setFilling(true)}>
                Fill in placeholders…
              </Button>
            </div>
          )}
        </div>
      )}
      {filling && onFill && (
        <PlaceholdersDialog
          text={definition}
          onClose={() => setFilling(false)}
          onFill={(values) => onFill(fillText(definition, values))}
        />
      )}
      {errors.length > 0 && (
        <p className={styles.faults}>
          <Icon name="circle-x" size="s" />
          <span>
            {errors.length} {errors.length === 1 ? "error" : "errors"} to be mended in the studio before it
            can be published. The first: {errors[0]?.message}
          </span>
        </p>
      )}
    </section>
  );
}

function groupsOf(review: Review): Group[] {
  return [
    { title: "Actions", icon: "cloud", uses: review.actions, absent: "not known here" },
    { title: "Hosts", icon: "globe", uses: review.hosts, absent: "" },
    { title: "Connections", icon: "plug", uses: review.connections, absent: "not there yet" },
    { title: "Functions", icon: "square-function", uses: review.functions, absent: "" },
    { title: "Workflows it starts", icon: "workflow", uses: review.workflows, absent: "not there yet" },
    { title: "People it writes to", icon: "users", uses: review.people, absent: "" },
  ];
}
