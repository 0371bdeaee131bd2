import type { GraphNode } from "@/graph/derive.ts";
import { StatusText } from "@/ui/StatusBadge.tsx";
import { Icon } from "@/ui/icons.tsx";
import { clockTime, duration, fullMoment } from "@/ui/time.ts";
import { JsonBlock } from "./JsonBlock.tsx";
import { attemptsSince, lastAttempt, type Approval, type Attempt, type Visit } from "./model.ts";
import { Notice } from "./Notice.tsx";
import { remaining, timeLeft } from "./words.ts";
import styles from "./StatePanel.module.css";

interface InputOutputProps {
  node: GraphNode;
  visit: Visit | null;
  now: number;
  due: number | null;
  partial: string | null;
}

/** What went into a state and what came out; until then, what it is waiting for, in the same place. */
export function InputOutput({ visit, now, due, partial }: InputOutputProps) {
  return (
    <div className={styles.io}>
      <Failed visit={visit} />
      <div className={styles.cols}>
        <JsonBlock title="Input" text={visit?.input ?? null} empty="Not started: there is no input yet." />
        <JsonBlock
          title="Output"
          text={outputOf(visit)}
          empty={<Pending {...{ visit, now, due, partial }} />}
        />
      </div>
    </div>
  );
}

function outputOf(visit: Visit | null): string | null {
  return visit?.endedAt == null ? null : visit.output;
}

function Failed({ visit }: { visit: Visit | null }) {
  if (visit === null) return null;
  const attempt =
    visit.attempts.findLast((one) => one.outcome === "failed" || one.outcome === "timed-out") ?? null;
  if (visit.failure) {
    const { error, cause } = visit.failure;
    const how = visit.status === "caught" ? "Caught" : visit.status === "timed-out" ? "Timed out" : "Failed";
    const byHand = visit.acts.find((act) => act.what === "failed");
    const what = error ?? (byHand ? `failed by ${byHand.by}` : "no error name");
    return <Notice status={visit.status} title={`${how}: ${what}`} text={cause} />;
  }
  if (visit.status !== "retrying" || attempt === null) return null;
  const how = attempt.outcome === "timed-out" ? "timed out" : "failed";
  return (
    <Notice
      status={attempt.outcome === "timed-out" ? "timed-out" : "failed"}
      title={`Attempt ${attempt.number} ${how}: ${attempt.error ?? "no error name"}`}
      text={attempt.cause}
    />
  );
}

function Pending({ visit, now, due, partial }: Omit<InputOutputProps, "node">) {
  if (visit === null) return <>Not started: there is no output yet.</>;
  const attempt = lastAttempt(visit);
  switch (visit.status) {
    case "retrying":
      if (visit.retryDue !== null) return <BackOff visit={visit} due={visit.retryDue} now={now} />;
      break;
    case "queued":
      return <StatusText status="queued" word="Waiting for a free worker" />;
    case "waiting-time":
      return (
        <>
          <StatusText
            status="waiting-time"
            word={due === null ? "Waiting for time" : due <= now ? "Goes on now" : timeLeft(due, now)}
          />
          {due !== null && <span className="small">Until {fullMoment(new Date(due))}</span>}
        </>
      );
    case "waiting-person":
      return visit.approval && <Asked approval={visit.approval} now={now} />;
    case "running":
      break;
    default:
      return <>There is no output.</>;
  }
  if (partial)
    return (
      <div className={styles.partial} data-partial="" data-testid="partial-text">
        {partial}
      </div>
    );
  if (visit.children) return <StatusText status="running" word="What is inside is running" />;
  return <Working attempt={attempt} status={visit.status} since={visit.enteredAt} now={now} />;
}

function BackOff({ visit, due, now }: { visit: Visit; due: number; now: number }) {
  const backoff = lastAttempt(visit)?.backoff;
  const from = backoff?.from ?? now;
  const share = due > from ? Math.min(1, Math.max(0, (now - from) / (due - from))) : 1;
  const next = attemptsSince(visit) + 1;
  const of = visit.attemptsAllowed === null ? "" : ` of ${visit.attemptsAllowed}`;
  return (
    <>
      <span className={styles.pending} data-status="retrying">
        <Icon name="rotate-cw" size="s" />
        Attempt {next}
        {of} starts {remaining(due, now)}
      </span>
      <span className={styles.meter}>
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <span className="small">Back-off {duration(due - from)}. No output yet.</span>
    </>
  );
}

function Working({
  attempt,
  status,
  since,
  now,
}: {
  attempt: Attempt | null;
  status: Visit["status"];
  since: number;
  now: number;
}) {
  const word = attempt?.submitted ? "Started; its answer comes from outside" : "Running";
  return (
    <>
      <StatusText
        status={status}
        word={attempt && attempt.number > 1 ? `Attempt ${attempt.number} is running` : word}
      />
      <span className="small num">for {duration(now - (attempt?.startedAt ?? since))}. No output yet.</span>
    </>
  );
}

function Asked({ approval, now }: { approval: Approval; now: number }) {
  return (
    <>
      <StatusText status="waiting-person" word={approval.question ?? "Waiting for a person"} />
      <ul className={`${styles.people} small`}>
        {approval.recipients.map((recipient) => (
          <li key={recipient.address}>
            <span className={styles.recipient}>{recipient.address}</span>
            {recipient.failure ? (
              <span className={styles.mailFailed}>
                mail failed: {recipient.failure.error}
                {recipient.failure.nextTry !== null &&
                  `, next try ${remaining(recipient.failure.nextTry, now)}`}
              </span>
            ) : (
              <span className="muted">
                {recipient.sentAt === null
                  ? "mail is queued"
                  : `mail sent at ${clockTime(new Date(recipient.sentAt))}`}
              </span>
            )}
          </li>
        ))}
      </ul>
      {approval.expiresAt !== null && (
        <span className="small">
          Until {fullMoment(new Date(approval.expiresAt))}, {timeLeft(approval.expiresAt, now)}
        </span>
      )}
    </>
  );
}
