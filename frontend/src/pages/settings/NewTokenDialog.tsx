import { useState } from "react";
import { asProblem } from "@/api/problem.ts";
import { useSession } from "@/api/session.ts";
import { useCreateToken } from "@/api/tokens.ts";
import type { Right } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { CopyButton } from "@/ui/CodeValue.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, FieldMessage, Input } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import { expiry, lifetimes, rightWords, usualRights } from "./tokenRights.ts";
import styles from "./NewTokenDialog.module.css";

/** Makes a token and shows it this once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateToken();
  if (create.data) return <ShowOnce name={create.data.name} token={create.data.token} onClose={onClose} />;
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

  const turn = (right: Right, on: boolean) =>
    setTicked(on ? [...rights, right] : rights.filter((other) => other !== right));

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
      <fieldset aria-describedby="token-rights">
        <legend className={styles.legend}>Rights</legend>
        <div className={styles.rights}>
          {rightWords
            .filter(({ value }) => own.includes(value))
            .map(({ value, label, help }) => (
              <label key={value} className={styles.right}>
                <input
                  type="checkbox"
                  checked={rights.includes(value)}
                  onChange={(event) => turn(value, event.target.checked)}
                />
                <span>{label}</span>
                <span className="muted">{help}</span>
              </label>
            ))}
        </div>
        <FieldMessage
          id="token-rights"
          error={(asked && rights.length === 0 && "Tick at least one right.") || problem?.field("rights")}
        />
      </fieldset>
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

function ShowOnce({ name, token, onClose }: { name: string; token: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${name} created`}
      text="Copy it now: it is not shown again."
      actions={
        <Button kind="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className={styles.token}>
        <code>{token}</code>
        <CopyButton text={token} label="Copy the token" />
      </div>
    </Dialog>
  );
}
