import { useState, type ReactNode } from "react";
import { asProblem } from "@/api/problem.ts";
import { useSession } from "@/api/session.ts";
import type { Right } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { RightsField } from "./RightsField.tsx";

interface NewCredentialDialogProps {
  title: string;
  text: string;
  act: string;
  /** What is ticked at first, of the rights that the person holds. */
  ticked: (own: readonly Right[]) => readonly Right[];
  create: { error: Error | null; isPending: boolean };
  onCreate: (name: string, rights: Right[]) => void;
  onClose: () => void;
  /** Further fields; gets the error of a field by its name. */
  children?: (errorOf: (field: string) => string | null | undefined) => ReactNode;
}

/** Asks for the name and the rights of a program's credential. */
export function NewCredentialDialog(props: NewCredentialDialogProps) {
  const own = useSession().data?.rights ?? [];
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Right[] | null>(null);
  const [asked, setAsked] = useState(false);
  const problem = props.create.error === null ? null : asProblem(props.create.error);
  const rights = chosen ?? props.ticked(own);
  const noName = name.trim() === "";

  const submit = () => {
    setAsked(true);
    if (!noName && rights.length > 0) props.onCreate(name.trim(), [...rights]);
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      text={props.text}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={props.create.isPending && "Creating…"}>
            {props.act}
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
        onChange={setChosen}
        error={(asked && rights.length === 0 && "Tick at least one right.") || problem?.field("rights")}
      />
      {props.children?.((field) => problem?.field(field))}
      {problem && problem.errors.length === 0 && <ErrorPanel title={problem.title} text={problem.sentence} />}
    </Dialog>
  );
}
