import { Link } from "react-router";
import { useApproval, useSendAgain } from "@/api/approvals.ts";
import { asProblem } from "@/api/problem.ts";
import { useRight, useSession } from "@/api/session.ts";
import type { Approval } from "@/api/types.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { StatusBadge } from "@/ui/StatusBadge.tsx";
import { ago, fullMoment, left, useNow } from "@/ui/time.ts";
import { toast } from "@/ui/Toast.tsx";
import { DecideForm } from "./DecideForm.tsx";
import { isOverdue } from "./deadline.ts";
import { isAsked, present } from "./presentation.ts";
import styles from "./ApprovalPane.module.css";

/** The chosen question: who asks, until when, what it is about, the answers, and afterwards the receipt. */
export function ApprovalPane({ id, back }: { id: string; back: string }) {
  const query = useApproval(id);
  if (query.isPending) {
    return (
      <div className={styles.pane}>
        <Loading what="Loading the question">
          <div className={styles.shapes}>
            <Block height="30px" width="70%" />
            <Block height="20px" width="50%" />
            <Block height="88px" radius="var(--radius-4)" />
            <Block height="88px" radius="var(--radius-4)" />
          </div>
        </Loading>
      </div>
    );
  }
  if (query.isError) {
    const problem = asProblem(query.error);
    return (
      <div className={styles.pane}>
        <ErrorPanel
          title="The question could not be loaded"
          text={problem.sentence}
          onRetry={() => void query.refetch()}
        >
          <ButtonLink small to={back}>
            Back to the list
          </ButtonLink>
        </ErrorPanel>
      </div>
    );
  }
  return <Chosen approval={query.data} back={back} />;
}

function Chosen({ approval, back }: { approval: Approval; back: string }) {
  const now = useNow(1000);
  const late = isOverdue(approval, now);
  const { question, execution, workflow, status, requested_by: by } = approval;
  return (
    <article className={styles.pane}>
      <div className={styles.top}>
        <Link to={back} className={styles.back}>
          <Icon name="arrow-left" size="s" /> Approvals
        </Link>
        <Sign approval={approval} late={late} />
      </div>
      <h2 className={styles.question}>{question}</h2>
      <p className={styles.who}>
        {by ? `${by} asks` : "Asked"} {ago(approval.requested_at, now)}, in{" "}
        <Link to={`/executions/${execution.id}`}>{execution.name}</Link>
        {workflow && <> of {workflow.name}</>}.{" "}
        {status === "open" && approval.expires_at !== null && (
          <>
            Please answer by <b>{fullMoment(approval.expires_at)}</b>,{" "}
            <span className={late ? styles.late : undefined}>{left(approval.expires_at, now)}</span>.
          </>
        )}
      </p>
      <About approval={approval} />
      {status === "open" ? <DecideForm approval={approval} /> : <Receipt approval={approval} />}
      <Recipients approval={approval} now={now} />
    </article>
  );
}

function Sign({ approval, late }: { approval: Approval; late: boolean }) {
  const email = useSession().data?.user.email ?? "";
  switch (approval.status) {
    case "open":
      if (late) return <StatusBadge status="timed-out" word="Overdue" />;
      return (
        <StatusBadge
          status="waiting-person"
          word={isAsked(approval, email) ? "Waiting for you" : "Waiting for a person"}
        />
      );
    case "decided":
      return <StatusBadge status="succeeded" word="Decided" />;
    case "expired":
      return <StatusBadge status="timed-out" word="Time is up" />;
    case "withdrawn":
      return <StatusBadge status="aborted" word="Withdrawn" />;
  }
}

function About({ approval }: { approval: Approval }) {
  const { facts, folds } = present(approval);
  return (
    <>
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {folds.map(({ title, text, data, open }) => (
        <details key={title} className={styles.details} open={open}>
          <summary>
            <Icon name="file-text" />
            <span className="grow">{title}</span>
            <Icon name="chevron-down" size="s" />
          </summary>
          <div className={styles.about}>
            {data ? <CodeValue value={text} maxHeight="320px" /> : <p>{text}</p>}
          </div>
        </details>
      ))}
    </>
  );
}

function Receipt({ approval }: { approval: Approval }) {
  const { decision, status } = approval;
  if (decision === null) {
    return (
      <p className={styles.receipt}>
        {status === "expired"
          ? "Nobody answered in time; the run went on without an answer."
          : "The run ended before anybody answered; no answer is needed any more."}
      </p>
    );
  }
  return (
    <div className={styles.receipt}>
      <p className={styles.answer}>
        <Icon name="check" /> {decision.label}
      </p>
      <p className="second">
        Decided by {decision.by}, {fullMoment(decision.at)}
        {decision.how ? `, ${hows[decision.how] ?? decision.how}` : ""}.
      </p>
      {decision.comment && <blockquote className={styles.comment}>{decision.comment}</blockquote>}
    </div>
  );
}

const hows: Record<string, string> = {
  link: "by the link in the mail",
  mail: "by the link in the mail",
  page: "on this page",
  api: "over the API",
};

function Recipients({ approval, now }: { approval: Approval; now: number }) {
  const again = useSendAgain();
  const mayAct = useRight("stop");
  if (approval.recipients.length === 0) return null;
  const send = () =>
    again.mutate(approval.id, {
      onSuccess: () => toast({ title: "Mail sent again", text: "To everybody who has not answered." }),
      onError: (error) =>
        toast({ title: "The mail was not sent", text: asProblem(error).sentence, tone: "error" }),
    });
  return (
    <section className={styles.recipients}>
      <div className={styles.recipientsHead}>
        <h3>Who is asked</h3>
        {approval.status === "open" && mayAct && (
          <Button small icon="send" busy={again.isPending && "Sending…"} onClick={send}>
            Send again
          </Button>
        )}
      </div>
      <ul>
        {approval.recipients.map((recipient) => (
          <li key={recipient.address}>
            <span className="clip" title={recipient.address}>
              {recipient.name && recipient.name !== recipient.address ? `${recipient.name}, ` : ""}
              {recipient.address}
            </span>
            <span className={recipient.send_error ? styles.failed : "muted"}>
              {recipient.send_error
                ? `Not sent, tried ${recipient.attempts} times: ${recipient.send_error}`
                : recipient.sent_at
                  ? `Mail sent ${ago(recipient.sent_at, now)}`
                  : "Mail is on its way"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
