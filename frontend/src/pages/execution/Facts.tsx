import { Link } from "react-router";
import type { Execution } from "@/api/types.ts";
import { definitionInWords } from "@/execution/ExecutionPanel.tsx";
import { trialInWords } from "@/execution/trial.ts";
import { runName } from "@/execution/words.ts";
import type { Model } from "@/execution/model.ts";
import { clockTime, duration, fullMoment, numeral, zone } from "@/ui/time.ts";
import styles from "./ExecutionPage.module.css";

/** The row of facts below the page bar; each has its place from the beginning. */
export function Facts({ execution, model, now }: { execution: Execution; model: Model; now: number }) {
  const start = model.startedAt ?? Date.parse(execution.started_at);
  const today = new Date(start).toDateString() === new Date(now).toDateString();
  const { usage } = model;
  const { trial } = execution;
  const by = [execution.started_by, definitionInWords(execution)].filter(Boolean).join(", ");
  return (
    <dl className={styles.facts}>
      <div>
        <dt>Started</dt>
        <dd title={fullMoment(new Date(start))}>
          {today
            ? `${clockTime(new Date(start), true)} ${zone(new Date(start))}`
            : fullMoment(new Date(start))}
        </dd>
      </div>
      <div className={styles.elapsed}>
        <dt>{model.stoppedAt === null ? "Elapsed" : "Duration"}</dt>
        <dd className="num" data-testid="elapsed">
          {duration((model.stoppedAt ?? now) - start)}
        </dd>
      </div>
      <div>
        <dt>Transitions</dt>
        <dd className="num">{numeral(model.transitions)}</dd>
      </div>
      <div className={styles.tokens}>
        <dt>Tokens</dt>
        <dd className="num">
          {usage ? (
            `${numeral(usage.inputTokens)} in, ${numeral(usage.outputTokens)} out`
          ) : (
            <span className="muted">none</span>
          )}
        </dd>
      </div>
      {usage?.cost != null && (
        <div>
          <dt>Cost</dt>
          <dd className="num">${usage.cost.toFixed(4)}</dd>
        </div>
      )}
      {model.redrives > 0 && (
        <div>
          <dt>Redrives</dt>
          <dd className="num">{numeral(model.redrives)}</dd>
        </div>
      )}
      {execution.item_index != null && (
        <div>
          <dt>Item</dt>
          <dd className="num">#{execution.item_index}</dd>
        </div>
      )}
      {trial && (
        <div>
          <dt>Trial</dt>
          <dd
            data-testid="trial"
            title={trial.pinned.length ? `Pinned: ${trial.pinned.join(", ")}` : undefined}
          >
            {trialInWords(trial)}
          </dd>
        </div>
      )}
      {execution.parent && (
        <div>
          <dt>{execution.item_index == null ? "Started from" : "Map Run of"}</dt>
          <dd>
            <Link to={`/executions/${execution.parent.id}`}>{runName(execution.parent.name)}</Link>
          </dd>
        </div>
      )}
      <div>
        <dt>Started by</dt>
        <dd title={by}>{by || <span className="muted">not known</span>}</dd>
      </div>
    </dl>
  );
}
