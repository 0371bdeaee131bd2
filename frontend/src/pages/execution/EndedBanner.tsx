import { Notice } from "@/execution/Notice.tsx";
import type { Model } from "@/execution/model.ts";
import type { Graph } from "@/graph/derive.ts";
import { Button } from "@/ui/Button.tsx";
import { executionStatus } from "@/ui/status.ts";
import styles from "./ExecutionPage.module.css";

interface EndedBannerProps {
  model: Model;
  graph: Graph;
  onShow: (state: string) => void;
}

/** Why an execution ended without success, with the way to the state. It floats: nothing moves when it comes. */
export function EndedBanner({ model, graph, onShow }: EndedBannerProps) {
  if (model.stoppedAt === null || model.status === "SUCCEEDED" || model.status === "RUNNING") return null;
  const culprit = model.culprit === null ? undefined : model.visits[model.culprit];
  const where = culprit && graph.nodes.has(culprit.name) ? culprit.name : null;
  return (
    <div className={styles.ended} data-testid="ended-banner">
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
