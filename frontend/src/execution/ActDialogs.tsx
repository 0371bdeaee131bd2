import { useState } from "react";
import { useActOnWait } from "@/api/executions.ts";
import { asProblem } from "@/api/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input, TextArea } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import { fullMoment } from "@/ui/time.ts";
import { jsonError } from "./jsonError.ts";

interface ActDialogProps {
  execution: string;
  state: string;
  at: { frame: number; wait: number };
  onClose: () => void;
}

/** Ends a wait as if the state had succeeded, with a result that a person gives. */
export function SkipDialog({ execution, state, at, onClose }: ActDialogProps) {
  const act = useActOnWait(execution);
  const [output, setOutput] = useState("{}");
  const [tried, setTried] = useState(false);
  const wrong = jsonError(output);
  const submit = () => {
    setTried(true);
    if (wrong !== null) return;
    act.mutate({ ...at, action: "skip", output: JSON.parse(output) as unknown }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Skip ${state}?`}
      text="The state counts as done with the result you give, and the execution goes on. It is shown as skipped."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Keep waiting</Button>
          <Button kind="primary" type="submit" busy={act.isPending && "Skipping…"}>
            Skip {short(state)}
          </Button>
        </>
      }
    >
      <Field
        label="Result"
        hint="JSON, as the state's work would have returned it."
        error={(tried ? wrong : null) ?? sentence(act.error)}
      >
        {(control) => (
          <TextArea
            {...control}
            code
            rows={6}
            value={output}
            onChange={(event) => setOutput(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}

/** Ends a wait with an error, which Retriers and Catchers see as any other. */
export function FailDialog({ execution, state, at, onClose }: ActDialogProps) {
  const act = useActOnWait(execution);
  const [error, setError] = useState("");
  const [cause, setCause] = useState("");
  const submit = () =>
    act.mutate(
      { ...at, action: "fail", error: error || "States.TaskFailed", ...(cause && { cause }) },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Fail ${state}?`}
      text="The state fails with this error. Its Retriers and Catchers answer to it as to any other."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Keep waiting</Button>
          <Button kind="danger-solid" type="submit" busy={act.isPending && "Failing…"}>
            Fail {short(state)}
          </Button>
        </>
      }
    >
      <Field label="Error" optional hint="Left empty, it is States.TaskFailed.">
        {(control) => (
          <Input
            {...control}
            code
            value={error}
            placeholder="States.TaskFailed"
            onChange={(event) => setError(event.target.value)}
          />
        )}
      </Field>
      <Field label="Cause" optional error={sentence(act.error)}>
        {(control) => (
          <TextArea {...control} value={cause} onChange={(event) => setCause(event.target.value)} />
        )}
      </Field>
    </Dialog>
  );
}

const units = [
  { value: "60", label: "minutes" },
  { value: "3600", label: "hours" },
  { value: "86400", label: "days" },
] as const;

/** Moves the end of a wait. */
export function ExtendDialog({
  execution,
  state,
  at,
  onClose,
  due,
}: ActDialogProps & { due: number | null }) {
  const act = useActOnWait(execution);
  const [count, setCount] = useState("1");
  const [unit, setUnit] = useState("3600");
  const [tried, setTried] = useState(false);
  const seconds = Number(count) * Number(unit);
  const wrong = Number.isFinite(seconds) && seconds > 0 ? null : "Give a number above 0.";
  const submit = () => {
    setTried(true);
    if (wrong === null) act.mutate({ ...at, action: "extend", seconds }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Give ${state} more time?`}
      text={due === null ? undefined : `It now ends on ${fullMoment(new Date(due))}.`}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button kind="primary" type="submit" busy={act.isPending && "Extending…"}>
            Extend
          </Button>
        </>
      }
    >
      <Field
        label="Longer by"
        hint={
          wrong === null && due !== null
            ? `Then it ends on ${fullMoment(new Date(due + seconds * 1000))}.`
            : ""
        }
        error={(tried ? wrong : null) ?? sentence(act.error)}
      >
        {(control) => (
          <span className="row">
            <Input
              {...control}
              type="number"
              min={1}
              value={count}
              onChange={(event) => setCount(event.target.value)}
            />
            <Select
              aria-label="Unit"
              options={units}
              value={unit}
              onChange={(event) => setUnit(event.target.value)}
            />
          </span>
        )}
      </Field>
    </Dialog>
  );
}

function sentence(error: unknown): string | null {
  if (!error) return null;
  const problem = asProblem(error);
  return problem.status === 409 ? "It no longer waits: it ended in the meantime." : problem.sentence;
}

function short(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
