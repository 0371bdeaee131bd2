import { useState } from "react";
import { useRedriveExecution } from "@/api/executions.ts";
import { asProblem } from "@/api/problem.ts";
import { requestToken } from "@/api/requestToken.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import styles from "./ExecutionPage.module.css";

interface RedriveDialogProps {
  execution: { id: string; name: string };
  onClose: () => void;
}

/** Asks before an execution goes on from where it failed: work that is done again has its effects again. */
export function RedriveDialog({ execution, onClose }: RedriveDialogProps) {
  const redrive = useRedriveExecution(execution.id);
  // A second click, or a lost answer, is the same request.
  const [token] = useState(requestToken);
  const confirm = () => redrive.mutate({ token }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Redrive ${execution.name}?`}
      text="It goes on from where it ended, with the same definition and input. States that succeeded keep their results; those that failed or were aborted run again."
      onSubmit={confirm}
      actions={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button type="submit" kind="primary" icon="step-forward" busy={redrive.isPending && "Redriving…"}>
            Redrive {execution.name}
          </Button>
        </>
      }
    >
      <p role="alert" className={styles.refusal}>
        {redrive.error ? asProblem(redrive.error).sentence : null}
      </p>
    </Dialog>
  );
}
