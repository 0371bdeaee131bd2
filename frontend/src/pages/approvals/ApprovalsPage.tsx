import { useEffect } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useApprovals } from "@/api/approvals.ts";
import { asProblem } from "@/api/problem.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { useNow } from "@/ui/time.ts";
import { ApprovalPane } from "./ApprovalPane.tsx";
import { ApprovalRow } from "./ApprovalRow.tsx";
import { byDeadline, isOverdue } from "./deadline.ts";
import styles from "./ApprovalsPage.module.css";

type View = "mine" | "all" | "overdue" | "decided";

const views: readonly View[] = ["mine", "all", "overdue", "decided"];

/** The inbox: open questions at the left, the oldest deadline first; the chosen one at the right. */
export function ApprovalsPage() {
  const { id } = useParams();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get("view") as View | null;
  const view: View = asked !== null && views.includes(asked) ? asked : "mine";
  const now = useNow(1000);
  const mine = useApprovals({ scope: "mine", status: "open" });
  const all = useApprovals({ scope: "all", status: "open" });
  const decided = useApprovals({ scope: "all", status: "decided" }, view === "decided");
  const list = view === "mine" ? mine : view === "decided" ? decided : all;

  const overdue = (all.data?.results ?? []).filter((approval) => isOverdue(approval, now));
  const read = list.data?.results ?? [];
  const shown =
    view === "overdue" ? overdue.sort(byDeadline) : view === "decided" ? read : [...read].sort(byDeadline);
  const query = view === "mine" ? "" : `?view=${view}`;
  const first = view === "decided" ? undefined : shown[0]?.id;

  // On a wide screen the question that is due first is open, and the address says so; on a phone the list comes first.
  useEffect(() => {
    if (id === undefined && first !== undefined && window.matchMedia("(min-width: 721px)").matches) {
      void navigate(`/approvals/${first}${query}`, { replace: true });
    }
  }, [id, first, query, navigate]);

  return (
    <div className={styles.page} data-chosen={id === undefined ? undefined : ""}>
      <title>Approvals, Cuelight</title>
      <section className={styles.inbox} aria-label="Approvals">
        <header className={styles.head}>
          <h1>Approvals</h1>
        </header>
        <Tabs
          id="approvals"
          label="Which approvals"
          value={view}
          onChange={(next) => setParameters(next === "mine" ? {} : { view: next }, { replace: true })}
          tabs={[
            { value: "mine", label: "Mine", count: mine.data?.count },
            { value: "all", label: "All", count: all.data?.count },
            { value: "overdue", label: "Overdue", count: overdue.length, bad: true },
            { value: "decided", label: "Decided" },
          ]}
        />
        <div
          id="approvals-panel"
          role="tabpanel"
          aria-labelledby={`approvals-tab-${view}`}
          className={styles.list}
        >
          {list.isPending ? (
            <Loading what="Loading the approvals">
              <div className={styles.shapes}>
                {[1, 2, 3].map((n) => (
                  <Block key={n} height="72px" radius="var(--radius-3)" />
                ))}
              </div>
            </Loading>
          ) : list.isError ? (
            <div className={styles.shapes}>
              <ErrorPanel
                title="The approvals could not be loaded"
                text={asProblem(list.error).sentence}
                onRetry={() => void list.refetch()}
              />
            </div>
          ) : shown.length === 0 ? (
            <Nothing view={view} onAll={() => setParameters({ view: "all" }, { replace: true })} />
          ) : (
            <ul>
              {shown.map((approval) => (
                <ApprovalRow
                  key={approval.id}
                  approval={approval}
                  now={now}
                  held={String(approval.id) === id}
                  to={`/approvals/${approval.id}${query}`}
                />
              ))}
            </ul>
          )}
        </div>
      </section>
      <section className={styles.pane} aria-label="The chosen approval">
        {id === undefined ? (
          <div className={styles.unchosen}>
            <p className="muted">{shown.length > 0 ? "Choose a question from the list." : ""}</p>
          </div>
        ) : (
          <ApprovalPane key={id} id={id} back={`/approvals${query}`} />
        )}
      </section>
    </div>
  );
}

function Nothing({ view, onAll }: { view: View; onAll: () => void }) {
  switch (view) {
    case "mine":
      return (
        <Empty
          small
          title="Nothing waits for you"
          text="A workflow that asks you something puts its question here, and sends you a mail with a link."
        >
          <Button small onClick={onAll}>
            See everybody's
          </Button>
        </Empty>
      );
    case "all":
      return (
        <Empty
          small
          title="Nobody is being asked"
          text="Put an Approval state into a workflow and run it: its question appears here."
        >
          <ButtonLink small to="/workflows">
            Go to the workflows
          </ButtonLink>
        </Empty>
      );
    case "overdue":
      return <Empty small title="Nothing is overdue" text="Every open question still has time." />;
    case "decided":
      return (
        <Empty small title="Nothing was decided yet" text="Answers stay here, with who gave them and when." />
      );
  }
}
