import { Notice } from "@/execution/Notice.tsx";
import type { Model } from "@/execution/model.ts";
import type { Graph } from "@/graph/derive.ts";
import { Button } from "@/ui/Button.tsx";
import { executionStatus } from "@/ui/status.ts";
import styles from "./ExecutionPage.module.css";

interface EndedProps {
  model: Model;
  graph: Graph;
  onShow: (state: string) => void;
}

/** Why an execution ended without success, with the way to the state that did it. */
export function Ended({ model, graph, onShow }: EndedProps) {
  if (!endedBadly(model)) return null;
  const where = culpritOf(model, graph);
  return (
    <div data-testid="error-banner">
      <Notice status={executionStatus(model.status)} title={titleOf(model, where)} text={model.cause}>
        {where !== null && (
          <Button kind="quiet" small onClick={() => onShow(where)}>
            Show state
          </Button>
        )}
      </Notice>
    </div>
  );
}

/** The same, floating over the graph while the panel shows a state that is not to blame; nothing moves for it. */
export function EndedBanner({ selected, ...props }: EndedProps & { selected: string | null }) {
  const { model, graph } = props;
  if (!endedBadly(model) || (selected !== null && selected === culpritOf(model, graph))) return null;
  return (
    <div className={styles.ended}>
      <Ended {...props} />
    </div>
  );
}

function endedBadly({ stoppedAt, status }: Model): boolean {
  return stoppedAt !== null && status !== "SUCCEEDED" && status !== "RUNNING";
}

/** The state that ended an execution without success, where one did. */
export function culpritOf(model: Model, graph: Graph): string | null {
  const culprit = model.culprit === null ? undefined : model.visits[model.culprit];
  return culprit && graph.nodes.has(culprit.name) ? culprit.name : null;
}

function titleOf({ status, error }: Model, where: string | null): string {
  const at = where === null ? "" : ` at ${where}`;
  switch (status) {
    case "TIMED_OUT":
      return `Timed out${at}`;
    case "ABORTED":
      return error ? `Stopped: ${error}` : "Stopped by hand";
    default:
      return `Failed${at}: ${error ?? "no error name"}`;
  }
}
