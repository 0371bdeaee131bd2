import { useState } from "react";
import { useCreateActivity } from "@/api/activities.ts";
import { asProblem } from "@/api/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { toast } from "@/ui/Toast.tsx";

/** Makes an activity. */
export function NewActivityDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateActivity();
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const problem = create.error === null ? null : asProblem(create.error);
  const noName = name === "";

  const submit = () => {
    setAsked(true);
    if (noName) return;
    create.mutate(name, {
      onSuccess: () => {
        toast({ title: `${name} created`, text: "Name its ARN as the Resource of a Task state." });
        onClose();
      },
    });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Create an activity"
      text="One name for one kind of work; as many workers as you like may ask for it."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={create.isPending && "Creating…"}>
            Create activity
          </Button>
        </>
      }
    >
      <Field
        label="Name"
        hint="Letters, digits, - and _: it stands in the ARN."
        error={(asked && noName && "Write a name.") || problem?.field("name") || null}
      >
        {(control) => (
          <Input {...control} value={name} onChange={(event) => setName(event.target.value)} autoFocus />
        )}
      </Field>
      {problem && problem.errors.length === 0 && <ErrorPanel title={problem.title} text={problem.sentence} />}
    </Dialog>
  );
}
