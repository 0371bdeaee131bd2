import { useState } from "react";
import { asProblem } from "@/api/problem.ts";
import { useSession } from "@/api/session.ts";
import { useCreateToken } from "@/api/tokens.ts";
import type { Right } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import { RightsField } from "./RightsField.tsx";
import { ShownOnce } from "./ShownOnce.tsx";
import { expiry, lifetimes, usualRights } from "./tokenRights.ts";

/** Makes a token and shows it this once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateToken();
  if (create.data) {
    const values = [{ label: "Token", value: create.data.token }];
    return <ShownOnce name={create.data.name} values={values} onClose={onClose} />;
  }
  return <Ask create={create} onClose={onClose} />;
}

function Ask({ create, onClose }: { create: ReturnType<typeof useCreateToken>; onClose: () => void }) {
  const own = useSession().data?.rights ?? [];
  const [name, setName] = useState("");
  const [days, setDays] = useState<string>("90");
  const [ticked, setTicked] = useState<readonly Right[] | null>(null);
  const [asked, setAsked] = useState(false);
  const problem = create.error === null ? null : asProblem(create.error);
  const rights = ticked ?? usualRights.filter((right) => own.includes(right));
  const noName = name.trim() === "";

  const submit = () => {
    setAsked(true);
    if (noName || rights.length === 0) return;
    create.mutate({ name: name.trim(), rights: [...rights], expires_at: expiry(days, Date.now()) });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Create a token"
      text="It acts in your name, with the rights you tick."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={create.isPending && "Creating…"}>
            Create token
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
      <Field label="Ends after" tight error={problem?.field("expires_at")}>
        {(control) => (
          <Select
            {...control}
            value={days}
            options={lifetimes}
            onChange={(event) => setDays(event.target.value)}
          />
        )}
      </Field>
      {problem && problem.errors.length === 0 && <ErrorPanel title={problem.title} text={problem.sentence} />}
    </Dialog>
  );
}
