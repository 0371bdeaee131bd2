import { useState } from "react";
import { useStopExecution } from "@/api/executions.ts";
import { asProblem } from "@/api/problem.ts";
import { Confirm } from "@/ui/Dialog.tsx";
import { Field, Input } from "@/ui/Field.tsx";

interface StopDialogProps {
  execution: { id: string; name: string };
  onClose: () => void;
}

/** Asks before an execution is stopped: what it has done stays done, what it waits for is withdrawn. */
export function StopDialog({ execution, onClose }: StopDialogProps) {
  const stop = useStopExecution(execution.id);
  const [cause, setCause] = useState("");
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Stop ${execution.name}?`}
      text="What runs is aborted and open approvals are withdrawn. This cannot be undone; what was done stays done."
      act={`Stop ${execution.name}`}
      keep="Keep it running"
      busy={stop.isPending && "Stopping…"}
      error={stop.error ? asProblem(stop.error).sentence : null}
      onConfirm={() => stop.mutate(cause ? { cause } : {}, { onSuccess: onClose })}
    >
      <Field label="Why" optional hint="It stands in the record as the cause.">
        {(control) => <Input {...control} value={cause} onChange={(event) => setCause(event.target.value)} />}
      </Field>
    </Confirm>
  );
}
