import { asProblem } from "@/api/problem.ts";
import type { WorkflowSummary } from "@/api/types.ts";
import { useDeleteWorkflow } from "@/api/workflows.ts";
import { Confirm } from "@/ui/Dialog.tsx";
import { toast } from "@/ui/Toast.tsx";

interface DeleteDialogProps {
  workflow: WorkflowSummary;
  onClose: () => void;
}

/** Asks again before a workflow is deleted. */
export function DeleteDialog({ workflow, onClose }: DeleteDialogProps) {
  const remove = useDeleteWorkflow();
  const confirm = () =>
    remove.mutate(workflow.id, {
      onSuccess: () => {
        toast({ title: `${workflow.name} deleted` });
        onClose();
      },
    });
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Delete ${workflow.name}?`}
      text="Its draft, its versions and the record of its executions are gone for good. As long as one of them runs, it is not deleted."
      act={`Delete ${workflow.name}`}
      keep="Keep it"
      onConfirm={confirm}
      busy={remove.isPending && "Deleting…"}
      error={remove.error && asProblem(remove.error).sentence}
    />
  );
}
