import { useParams } from "react-router";
import { useExecution } from "@/api/executions.ts";
import { asProblem } from "@/api/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { PageBar } from "@/ui/PageBar.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { LivePage } from "./LivePage.tsx";
import styles from "./ExecutionPage.module.css";

/** One execution, as it runs and after it ended. */
export default function ExecutionPage() {
  const { key = "" } = useParams();
  const execution = useExecution(key);
  if (execution.data) return <LivePage key={key} execution={execution.data} />;
  return (
    <div className={styles.page}>
      <PageBar parent={{ label: "Executions", to: "/executions" }} name="Execution" />
      {execution.error ? (
        <div className={styles.center}>
          <ErrorPanel
            title="This execution cannot be shown"
            text={asProblem(execution.error).sentence}
            cause={asProblem(execution.error).message}
            onRetry={() => void execution.refetch()}
          >
            <Button small onClick={() => history.back()}>
              Go back
            </Button>
          </ErrorPanel>
        </div>
      ) : (
        <Loading what="Loading the execution">
          <div className={styles.skeleton}>
            <Block height="560px" />
            <Block height="560px" />
          </div>
        </Loading>
      )}
    </div>
  );
}
