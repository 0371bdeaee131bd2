import type { ReactNode } from "react";
import { cardText } from "@/asl/card.ts";
import type { GraphNode } from "@/graph/derive.ts";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { StatusText } from "@/ui/StatusBadge.tsx";
import { duration, fullMoment, numeral } from "@/ui/time.ts";
import { lastAttempt, type Act, type Visit } from "./model.ts";
import { timeLeft, triesOf } from "./words.ts";
import styles from "./StatePanel.module.css";

/** The facts about one stay in a state. */
export function StateDetails(props: {
  node: GraphNode;
  visit: Visit | null;
  now: number;
  due: number | null;
}) {
  const { node, visit, now, due } = props;
  const attempt = visit && lastAttempt(visit);
  const usage = attempt?.usage;
  const resource = node.state?.["Resource"];
  const rows: [string, ReactNode][] = [
    ["Status", <StatusText key="status" status={visit?.status ?? "not-started"} />],
    ["Type", node.type ?? ""],
    ["What it does", cardText(node.state ?? {}).line],
  ];
  if (typeof resource === "string")
    rows.push([
      "Resource",
      <span key="resource" className="mono">
        {resource}
      </span>,
    ]);
  if (visit) {
    rows.push(["Entered", fullMoment(new Date(visit.enteredAt))]);
    rows.push(["Ended", visit.endedAt === null ? "not yet" : fullMoment(new Date(visit.endedAt))]);
    rows.push(["Duration", duration((visit.endedAt ?? now) - visit.enteredAt)]);
    if (due !== null && visit.endedAt === null)
      rows.push(["Until", `${fullMoment(new Date(due))}, ${timeLeft(due, now)}`]);
    const tries = triesOf(visit);
    if (tries !== null) rows.push(["Attempts", tries]);
    if (attempt?.worker) rows.push(["Worker", attempt.worker]);
    if (visit.children?.total != null) rows.push(["Iterations", iterations(visit)]);
  }
  if (usage) {
    rows.push(["Tokens", `${numeral(usage.inputTokens)} in, ${numeral(usage.outputTokens)} out`]);
    if (usage.model) rows.push(["Model", usage.model]);
    if (usage.latencyMs !== null) rows.push(["Answered in", duration(usage.latencyMs)]);
  }
  for (const field of ["TimeoutSeconds", "HeartbeatSeconds"]) {
    const seconds = node.state?.[field];
    if (typeof seconds === "number")
      rows.push([field === "TimeoutSeconds" ? "Time limit" : "Heartbeat", duration(seconds * 1000)]);
  }
  visit?.acts.forEach((act) =>
    rows.push(["By hand", `${actWords[act.what]} by ${act.by}, ${fullMoment(new Date(act.at))}`]),
  );
  visit?.approval?.votes.forEach((vote) =>
    rows.push(["Answer", `${vote.choice}, by ${vote.by}${vote.comment ? `: ${vote.comment}` : ""}`]),
  );
  return (
    <>
      <dl className={styles.facts}>
        {rows.map(([name, value], index) => (
          <div key={index} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {visit?.variables && <CodeValue label="Variables set" value={visit.variables} maxHeight="12rem" />}
    </>
  );
}

const actWords: Record<Act["what"], string> = {
  skipped: "Skipped",
  failed: "Failed",
  "run-now": "Started at once",
  extended: "Time extended",
};

function iterations({ children }: Visit): string {
  if (children === null) return "";
  const words = [
    `${numeral(children.total ?? 0)} in all`,
    children.succeeded > 0 && `${numeral(children.succeeded)} succeeded`,
    children.running.size > 0 && `${numeral(children.running.size)} running`,
    children.failed > 0 && `${numeral(children.failed)} failed`,
    children.aborted > 0 && `${numeral(children.aborted)} aborted`,
  ];
  return words.filter(Boolean).join(", ");
}
