import { useParams } from "react-router";

import { asProblem } from "@/api/problem.ts";
import { useWorkflow } from "@/api/workflows.ts";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { Studio } from "./Studio.tsx";

/** The page of one workflow. */
export default function StudioPage() {
  const { id = "" } = useParams();
  const workflow = useWorkflow(id);
  if (workflow.error) {
    const problem = asProblem(workflow.error);
    return (
      <ErrorPanel
        title="The workflow cannot be opened"
        text={problem.sentence}
        onRetry={() => void workflow.refetch()}
      />
    );
  }
  if (!workflow.data || workflow.isRefetching) {
    return (
      <Loading what="Loading the workflow">
        <Block height="48px" />
        <Block height="600px" />
      </Loading>
    );
  }
  return <Studio key={id} workflow={workflow.data} />;
}
