import type { GraphNode } from "@/graph/derive.ts";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { Icon } from "@/ui/icons.tsx";
import { StatusText } from "@/ui/StatusBadge.tsx";
import type { Status } from "@/ui/status.ts";
import { clockTime, duration } from "@/ui/time.ts";
import type { Attempt, Visit } from "./model.ts";
import { Notice } from "./Notice.tsx";
import { remaining } from "./words.ts";
import styles from "./Attempts.module.css";

/** Every try of a state's work with what it was given, what it answered, and the wait before the next. */
export function Attempts({ node, visit, now }: { node: GraphNode; visit: Visit | null; now: number }) {
  const promised = Array.isArray(node.state?.["Retry"]) ? node.state["Retry"].length : 0;
  if (visit === null || visit.attempts.length === 0)
    return (
      <p className="second">
        {promised === 0
          ? "Nothing was tried yet, and no Retrier is set: the first error is final."
          : `Nothing was tried yet. ${promised === 1 ? "One Retrier is" : `${promised} Retriers are`} set.`}
      </p>
    );
  return (
    <>
      {promised === 0 && (
        <p className={styles.rule}>No Retrier is set: an error is final, unless a Catcher takes it.</p>
      )}
      <ol className={styles.list}>
        {visit.attempts.map((attempt, place) => (
          <li key={place}>
            <One
              attempt={attempt}
              of={attempt.redrive === visit.redrive ? visit.attemptsAllowed : null}
              now={now}
              open={attempt === visit.attempts.at(-1)}
            />
            {attempt.backoff && (
              <p className={`${styles.backOff} small num`}>
                <Icon name="timer" size="xs" />
                {backOffWords(visit, attempt, attempt.backoff, now)}
              </p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function One({
  attempt,
  of,
  now,
  open,
}: {
  attempt: Attempt;
  of: number | null;
  now: number;
  open: boolean;
}) {
  const bad = attempt.outcome === "failed" || attempt.outcome === "timed-out";
  return (
    <details className={styles.attempt} open={open}>
      <summary>
        <strong>
          Attempt {attempt.number}
          {of === null ? "" : ` of ${of}`}
          {attempt.redrive > 0 && `, redrive ${attempt.redrive}`}
        </strong>
        <StatusText status={statusOf(attempt)} />
        <span className="grow clip second" title={attempt.error ?? undefined}>
          {attempt.error}
        </span>
        <span className="small muted num">
          {clockTime(new Date(attempt.scheduledAt), true)},{" "}
          {duration((attempt.endedAt ?? now) - (attempt.startedAt ?? attempt.scheduledAt))}
        </span>
      </summary>
      <div className={styles.body}>
        {bad && (
          <div className={styles.whole}>
            <Notice
              status={statusOf(attempt)}
              title={attempt.error ?? "No error name"}
              text={attempt.cause}
            />
          </div>
        )}
        {attempt.input !== null && <CodeValue label="Arguments" value={attempt.input} maxHeight="14rem" />}
        {attempt.output !== null && <CodeValue label="Result" value={attempt.output} maxHeight="14rem" />}
        {(attempt.worker !== null || attempt.claimsLost > 0) && (
          <p className={`${styles.whole} small muted`}>
            {attempt.worker !== null && `Claimed by ${attempt.worker}. `}
            {attempt.claimsLost > 0 &&
              `Lost its worker ${attempt.claimsLost === 1 ? "once" : `${attempt.claimsLost} times`}.`}
          </p>
        )}
      </div>
    </details>
  );
}

function statusOf(attempt: Attempt): Status {
  return attempt.outcome;
}

function backOffWords(
  visit: Visit,
  attempt: Attempt,
  backoff: { from: number; due: number },
  now: number,
): string {
  const length = duration(backoff.due - backoff.from);
  const waits = attempt === visit.attempts.at(-1) && visit.retryDue !== null;
  return waits
    ? `Back-off ${length}, the next attempt starts ${remaining(visit.retryDue ?? now, now)}`
    : `Back-off ${length}`;
}
