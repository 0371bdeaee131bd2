import { useState } from "react";
import { asProblem } from "@/api/problem.ts";
import { EMPTY_DEFINITION } from "@/document/empty.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { NAME_RULE, nameProblem } from "./names.ts";
import { TypeField, type WorkflowType } from "./TypeField.tsx";
import { useMake } from "./useMake.ts";

/** Asks for a name and a purpose, then opens an empty canvas. */
export function NewWorkflowDialog({ onClose }: { onClose: () => void }) {
  const { make, busy, error } = useMake();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [type, setType] = useState<WorkflowType>("STANDARD");
  const [asked, setAsked] = useState(false);
  const problem = error === null ? null : asProblem(error);
  const nameError = (asked && nameProblem(name.trim())) || problem?.field("name") || null;

  const submit = () => {
    setAsked(true);
    if (nameProblem(name.trim()) === null) {
      make({ name: name.trim(), description: description.trim(), type, definition: EMPTY_DEFINITION });
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="New workflow"
      text="It begins as an empty canvas."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy && "Creating…"}>
            Create workflow
          </Button>
        </>
      }
    >
      <Field label="Name" hint={`Letters, digits and hyphens. ${NAME_RULE}`} error={nameError}>
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoFocus
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label="Description"
        optional
        hint="One line of purpose; it stands on the card."
        error={problem?.field("description")}
      >
        {(control) => (
          <Input {...control} value={description} onChange={(event) => setDescription(event.target.value)} />
        )}
      </Field>
      <TypeField value={type} onChange={setType} />
      {problem && !nameError && <ErrorPanel title={problem.title} text={problem.sentence} />}
    </Dialog>
  );
}
