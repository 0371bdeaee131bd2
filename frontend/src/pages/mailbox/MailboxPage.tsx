import { useEffect } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useMail, useMailbox } from "@/api/mailbox.ts";
import { asProblem } from "@/api/problem.ts";
import type { Mail } from "@/api/types.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Pager } from "@/ui/Pager.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { fullMoment, moment, useNow } from "@/ui/time.ts";
import { MailFrame } from "./MailFrame.tsx";
import styles from "./MailboxPage.module.css";

/** The mails that were sent: list left, the chosen one right, shown in a frame without script. */
export function MailboxPage() {
  const { id } = useParams();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const page = Math.max(1, Number(parameters.get("page")) || 1);
  const list = useMailbox(page);
  const now = useNow(60_000);
  const mails = list.data?.results ?? [];
  const first = mails[0]?.id;

  // On a wide screen the newest mail is open; on a phone the list comes first.
  useEffect(() => {
    if (id === undefined && first !== undefined && window.matchMedia("(min-width: 721px)").matches) {
      void navigate(`/mailbox/${first}`, { replace: true });
    }
  }, [id, first, navigate]);

  if (list.data?.count === 0) {
    return (
      <div className={styles.none}>
        <title>Mailbox, Cuelight</title>
        <Empty
          page
          title="Run a workflow that sends a mail"
          text="Cuelight keeps its mails here as long as no mail server is set. Approvals and e-mail states send them; the example hello-approval does so at once."
        >
          <ButtonLink kind="primary" to="/workflows">
            Go to the workflows
          </ButtonLink>
        </Empty>
      </div>
    );
  }

  return (
    <div className={styles.page} data-chosen={id === undefined ? undefined : ""}>
      <title>Mailbox, Cuelight</title>
      <section className={styles.inbox} aria-label="Mails">
        <header className={styles.head}>
          <h1>Mailbox</h1>
        </header>
        <div className={styles.list}>
          {list.isPending ? (
            <Loading what="Loading the mails">
              <div className={styles.shapes}>
                {[1, 2, 3, 4].map((n) => (
                  <Block key={n} height="56px" />
                ))}
              </div>
            </Loading>
          ) : list.isError ? (
            <div className={styles.shapes}>
              <ErrorPanel
                title="The mails could not be loaded"
                text={asProblem(list.error).sentence}
                onRetry={() => void list.refetch()}
              />
            </div>
          ) : (
            <ul>
              {mails.map((mail) => (
                <Row key={mail.id} mail={mail} held={String(mail.id) === id} now={now} />
              ))}
            </ul>
          )}
          <div className={styles.pager}>
            <Pager
              page={page}
              count={list.data?.count ?? 0}
              shown={mails.length}
              more={Boolean(list.data?.next)}
              onChange={(next) => setParameters(next === 1 ? {} : { page: String(next) })}
            />
          </div>
        </div>
      </section>
      <section className={styles.pane} aria-label="The chosen mail">
        {id !== undefined && <Chosen key={id} id={id} />}
      </section>
    </div>
  );
}

const recipients = ({ to }: Mail) => (Array.isArray(to) ? to.join(", ") : to);

function Row({ mail, held, now }: { mail: Mail; held: boolean; now: number }) {
  return (
    <li>
      <Link to={`/mailbox/${mail.id}`} className={styles.row} aria-current={held ? "true" : undefined}>
        <span className={styles.line}>
          <span className="clip grow" title={recipients(mail)}>
            To {recipients(mail)}
          </span>
          <span className="num" title={fullMoment(mail.created_at)}>
            {moment(mail.created_at, now)}
          </span>
        </span>
        <span className={styles.subject}>{mail.subject}</span>
        <Sent mail={mail} />
      </Link>
    </li>
  );
}

function Sent({ mail }: { mail: Mail }) {
  if (mail.status === "SENT") return null;
  const failed = mail.status === "FAILED" || Boolean(mail.error);
  return (
    <span className={failed ? `${styles.sent} ${styles.failed}` : styles.sent}>
      <Icon name={failed ? "circle-alert" : "clock"} size="s" />
      {failed ? `Not sent: ${mail.error ?? "the mail server refused it"}` : "Waiting to be sent"}
    </span>
  );
}

function Chosen({ id }: { id: string }) {
  const query = useMail(id);
  if (query.isPending) {
    return (
      <div className={styles.shapes}>
        <Loading what="Loading the mail">
          <div className={styles.shapes}>
            <Block height="24px" width="60%" />
            <Block height="16px" width="40%" />
            <Block height="420px" radius="var(--radius-3)" />
          </div>
        </Loading>
      </div>
    );
  }
  if (query.isError) {
    return (
      <div className={styles.shapes}>
        <ErrorPanel
          title="The mail could not be loaded"
          text={asProblem(query.error).sentence}
          onRetry={() => void query.refetch()}
        />
      </div>
    );
  }
  const mail = query.data;
  return (
    <article className={styles.mail}>
      <header className={styles.mailHead}>
        <Link to="/mailbox" className={styles.back}>
          <Icon name="arrow-left" size="s" /> Mailbox
        </Link>
        <h2>{mail.subject}</h2>
        <p className="second">
          From {mail.sender} to {recipients(mail)}, {fullMoment(mail.created_at)}
        </p>
        <Sent mail={mail} />
      </header>
      <MailFrame mail={mail} />
    </article>
  );
}
