import { useState } from "react";
import { useCreateAccessKey } from "@/api/accessKeys.ts";
import { asProblem } from "@/api/problem.ts";
import { useSession } from "@/api/session.ts";
import type { Right } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { RightsField } from "./RightsField.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

/** Makes an access key pair and shows its secret this once. */
export function NewAccessKeyDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateAccessKey();
  const made = create.data;
  if (made) {
    const values = [
      { label: "Access key id", value: made.access_key_id },
      { label: "Secret access key", value: made.secret_access_key },
    ];
    return <ShownOnce name={made.name} values={values} onClose={onClose} />;
  }
  return <Ask create={create} onClose={onClose} />;
}

function Ask({ create, onClose }: { create: ReturnType<typeof useCreateAccessKey>; onClose: () => void }) {
  const own = useSession().data?.rights ?? [];
  const [name, setName] = useState("");
  const [ticked, setTicked] = useState<readonly Right[] | null>(null);
  const [asked, setAsked] = useState(false);
  const problem = create.error === null ? null : asProblem(create.error);
  // Tools that speak this API make state machines as well as start them.
  const rights = ticked ?? own.filter((right) => right !== "manage");
  const noName = name.trim() === "";

  const submit = () => {
    setAsked(true);
    if (noName || rights.length === 0) return;
    create.mutate({ name: name.trim(), rights: [...rights] });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Create an access key"
      text="Requests signed with it act in your name, with the rights you tick."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={create.isPending && "Creating…"}>
            Create access key
          </Button>
        </>
      }
    >
      <Field
        label="Name"
        hint="Which program uses it."
        error={(asked && noName && "Write a name, to know it again.") || problem?.field("name") || null}
      >
        {(control) => (
          <Input {...control} value={name} onChange={(event) => setName(event.target.value)} autoFocus />
        )}
      </Field>
      <RightsField
        own={own}
        rights={rights}
        onChange={setTicked}
        error={(asked && rights.length === 0 && "Tick at least one right.") || problem?.field("rights")}
      />
      {problem && problem.errors.length === 0 && <ErrorPanel title={problem.title} text={problem.sentence} />}
    </Dialog>
  );
}
