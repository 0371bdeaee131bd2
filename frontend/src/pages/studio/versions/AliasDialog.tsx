import { useState } from "react";

import { asProblem } from "@/api/problem.ts";
import type { Version } from "@/api/types.ts";
import { useSaveAlias, type Alias } from "@/api/versions.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import { versionInWords } from "./words.ts";
import styles from "./Versions.module.css";

interface AliasDialogProps {
  id: string;
  /** Null for a new one. */
  alias: Alias | null;
  versions: readonly Version[];
  onClose: () => void;
}

const NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]{1,80}$/;

/** Where an alias points: one version, or two with the share of the first. */
export function AliasDialog({ id, alias, versions, onClose }: AliasDialogProps) {
  const [name, setName] = useState(alias?.name ?? "");
  const [description, setDescription] = useState(alias?.description ?? "");
  const [first, setFirst] = useState(alias?.routes[0]?.version ?? versions[0]?.number ?? 1);
  const [second, setSecond] = useState(alias?.routes[1]?.version ?? 0);
  const [weight, setWeight] = useState(String(alias?.routes[1] ? (alias.routes[0]?.weight ?? 90) : 90));
  const save = useSaveAlias(id, alias?.name ?? null);
  const problem = save.error ? asProblem(save.error) : null;
  const share = Number(weight);
  const badShare = second !== 0 && !(Number.isInteger(share) && share >= 0 && share <= 100);
  const options = versions.map((version) => ({
    value: String(version.number),
    label: versionInWords(version),
  }));
  const [asked, setAsked] = useState(false);
  const badName =
    asked && alias === null && !NAME.test(name.trim())
      ? "A name holds letters, digits, - _ and . and is more than a number, which names a version."
      : null;
  const submit = () => {
    setAsked(true);
    if (badShare || (alias === null && !NAME.test(name.trim()))) return;
    const routes =
      second === 0
        ? [{ version: first, weight: 100 }]
        : [
            { version: first, weight: share },
            { version: second, weight: 100 - share },
          ];
    save.mutate({ name: name.trim(), description, routes }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={alias ? `Where does ${alias.name} point?` : "New alias"}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            type="submit"
            busy={save.isPending && "Saving"}
            disabled={name.trim() === ""}
          >
            {alias ? "Save alias" : "Make alias"}
          </Button>
        </>
      }
    >
      {alias === null && (
        <Field
          label="Name"
          hint="Letters, digits, - _ and . ; not a number alone."
          error={badName ?? problem?.field("name")}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={name}
              spellCheck={false}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label="Starts run" error={problem?.field("routes")} tight>
        {(control) => (
          <Select
            {...control}
            value={String(first)}
            onChange={(event) => setFirst(Number(event.target.value))}
            options={options}
          />
        )}
      </Field>
      <Field label="And" optional tight>
        {(control) => (
          <Select
            {...control}
            value={second === 0 ? "" : String(second)}
            onChange={(event) => setSecond(Number(event.target.value))}
            options={[
              { value: "", label: "No other version" },
              ...options.filter(({ value }) => value !== String(first)),
            ]}
          />
        )}
      </Field>
      {second !== 0 && (
        <Field
          label={`Share of version ${first}`}
          error={badShare ? "A whole number from 0 to 100." : null}
          hint={`Version ${second} gets the other ${badShare ? "starts" : `${100 - share} %`}.`}
        >
          {(control) => (
            <Input
              {...control}
              className={styles.weight}
              inputMode="numeric"
              value={weight}
              onChange={(event) => setWeight(event.target.value)}
              after={<span className="muted small">%</span>}
            />
          )}
        </Field>
      )}
      <Field label="Description" optional tight>
        {(control) => (
          <Input
            {...control}
            maxLength={256}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      {problem && !problem.field("name") && !problem.field("routes") && (
        <p role="alert" className={styles.bad}>
          {problem.sentence}
        </p>
      )}
    </Dialog>
  );
}
