import { useMemo, useState } from "react";

import { placeholdersIn, type Filling, type Placeholder } from "@/document/commands/fillPlaceholders.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";

interface PlaceholdersDialogProps {
  /** The definition that holds them. */
  text: string;
  onClose: () => void;
  onFill: (values: ReadonlyMap<string, Filling>) => void;
}

/** Asks what each `${placeholder}` of a deployment template stands for; what is left empty stays as it is. */
export function PlaceholdersDialog({ text, onClose, onFill }: PlaceholdersDialogProps) {
  const found = useMemo(() => placeholdersIn(text), [text]);
  const [values, setValues] = useState<Readonly<Record<string, Filling>>>({});
  const [asked, setAsked] = useState(false);
  const given = found.filter(({ name }) => values[name]?.text);
  const wrong = given.some(({ name }) => problemOf(values[name]) !== null);
  const submit = () => {
    setAsked(true);
    if (given.length === 0 || wrong) return;
    onFill(new Map(given.map(({ name }) => [name, values[name] ?? NOTHING])));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Fill in placeholders"
      text={
        found.length === 0
          ? "This definition has no placeholders."
          : "A template's deployment would replace them; here they are replaced in the draft, in one step."
      }
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={given.length === 0}>
            {given.length === 1 ? "Fill in one placeholder" : `Fill in ${given.length} placeholders`}
          </Button>
        </>
      }
    >
      {found.map((placeholder, index) => (
        <Row
          key={placeholder.name}
          placeholder={placeholder}
          value={values[placeholder.name] ?? { text: "", asJson: placeholder.isJson }}
          error={asked ? problemOf(values[placeholder.name]) : null}
          first={index === 0}
          onChange={(value) => setValues({ ...values, [placeholder.name]: value })}
        />
      ))}
    </Dialog>
  );
}

const NOTHING: Filling = { text: "", asJson: false };
const MOST_PLACES = 3;

function Row(props: {
  placeholder: Placeholder;
  value: Filling;
  error: string | null;
  first: boolean;
  onChange: (value: Filling) => void;
}) {
  const { placeholder, value, error, first, onChange } = props;
  const { name, places } = placeholder;
  const more = places.length - MOST_PLACES;
  return (
    <Field
      label={<span className="mono">{name}</span>}
      hint={`In ${places.slice(0, MOST_PLACES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`}
      error={error}
      aside={
        <Segmented
          tiny
          label={`Kind of ${name}`}
          value={value.asJson ? "json" : "text"}
          onChange={(kind) => onChange({ ...value, asJson: kind === "json" })}
          segments={[
            { value: "text", label: "Text" },
            { value: "json", label: "JSON", title: "A number, true, a list: where it stands alone" },
          ]}
        />
      }
    >
      {(control) => (
        <Input
          {...control}
          code={value.asJson}
          autoFocus={first}
          autoComplete="off"
          spellCheck={false}
          value={value.text}
          onChange={(event) => onChange({ ...value, text: event.target.value })}
        />
      )}
    </Field>
  );
}

function problemOf(value: Filling | undefined): string | null {
  if (!value?.asJson || value.text === "") return null;
  try {
    JSON.parse(value.text);
    return null;
  } catch {
    return "This is no JSON: write a number, true or false, or something in quotation marks.";
  }
}
