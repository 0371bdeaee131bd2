import { useState } from "react";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem.ts";
import { useStartExecution, type NewExecution } from "@/api/workflows.ts";
import type { Execution } from "@/api/types.ts";
import { jsonError } from "@/execution/jsonError.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input, TextArea } from "@/ui/Field.tsx";
import { pretty } from "@/ui/json.ts";
import { Select } from "@/ui/Select.tsx";

interface NewExecutionDialogProps {
  execution: Execution;
  workflow: { id: string; name: string };
  onClose: () => void;
}

type Source = "published" | "draft" | "alias" | "version";

/** What the start is asked for. */
function startedFrom(source: Source, { alias, version }: Execution): Partial<NewExecution> {
  if (source === "alias" && alias) return { alias };
  if (source === "version" && version !== null) return { version };
  return { source: source === "draft" ? "draft" : "published" };
}

/** Starts the same workflow again with the same input, or with a changed one. */
export function NewExecutionDialog({ execution, workflow, onClose }: NewExecutionDialogProps) {
  const start = useStartExecution(workflow.id);
  const navigate = useNavigate();
  const [input, setInput] = useState(() => pretty(execution.input));
  const [name, setName] = useState("");
  const [source, setSource] = useState<Source>(
    execution.draft ? "draft" : execution.alias ? "alias" : "published",
  );
  const [tried, setTried] = useState(false);
  const wrong = jsonError(input);
  const problem = start.error ? asProblem(start.error) : null;
  const atInput = problem?.field("input_text") ?? problem?.field("input") ?? null;
  const atName = problem?.field("name") ?? (problem?.status === 409 ? problem.sentence : null);
  const submit = () => {
    setTried(true);
    if (wrong !== null) return;
    start.mutate(
      { input_text: input, ...startedFrom(source, execution), ...(name && { name }) },
      {
        onSuccess: (started) => {
          onClose();
          void navigate(`/executions/${started.id}`);
        },
      },
    );
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Start ${workflow.name} again`}
      text="The input is that of this execution; change what you like."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" icon="play" busy={start.isPending && "Starting…"}>
            Start execution
          </Button>
        </>
      }
    >
      <Field label="Input" error={(tried ? wrong : null) ?? atInput} hint="JSON">
        {(control) => (
          <TextArea
            {...control}
            code
            rows={10}
            value={input}
            onChange={(event) => setInput(event.target.value)}
          />
        )}
      </Field>
      <Field label="Definition">
        {(control) => (
          <Select
            {...control}
            value={source}
            onChange={(event) => setSource(event.target.value as Source)}
            options={[
              { value: "published", label: "As published" },
              ...(execution.alias
                ? [{ value: "alias", label: `As the alias ${execution.alias} chooses` }]
                : []),
              ...(execution.version == null
                ? []
                : [{ value: "version", label: `Version ${execution.version}, as this execution` }]),
              { value: "draft", label: "The draft as it is now" },
            ]}
          />
        )}
      </Field>
      <Field
        label="Name"
        optional
        hint="Left empty, a name is made."
        error={atName ?? (problem && atInput === null ? problem.sentence : null)}
      >
        {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </Dialog>
  );
}
