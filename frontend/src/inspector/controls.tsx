import { useId, useState } from "react";

import type { Json } from "@/asl/types.ts";
import { JsonSyntaxError, parseJson, toValue } from "@/document/json.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Input, TextArea, type ControlProps } from "@/ui/Field.tsx";
import styles from "./Inspector.module.css";

interface NumberInputProps extends Partial<ControlProps> {
  value: Json | undefined;
  placeholder: string | undefined;
  onChange: (value: number | undefined) => void;
  after?: string | undefined;
  disabled?: boolean;
  label?: string;
}

/** A number as typed; half-typed ones stay on screen and are not written. */
export function NumberInput({ value, placeholder, onChange, after, label, ...control }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (typeof value === "number" ? String(value) : "");
  return (
    <Input
      {...control}
      aria-label={label}
      inputMode="decimal"
      placeholder={placeholder}
      value={shown}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        if (text.trim() === "") onChange(undefined);
        else if (Number.isFinite(Number(text))) onChange(Number(text));
      }}
      onBlur={() => setTyped(null)}
      after={after ? <span className="muted small">{after}</span> : undefined}
    />
  );
}

interface JsonInputProps extends Partial<ControlProps> {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  disabled?: boolean;
  label?: string;
  rows?: number;
  required?: boolean;
  /** What does not begin as an object or list is a text. */
  loose?: boolean;
}

/** A value of any shape as JSON; what is no JSON stays on screen with its place and reason, and is not written. */
export function JsonInput({ value, onChange, label, rows, required, loose, ...control }: JsonInputProps) {
  // What was typed stays as it was typed for as long as it means the value: a text that is written anew when the
  // field is left would move what is below it from under the pointer.
  const [typed, setTyped] = useState<{ text: string; means: string | undefined } | null>(null);
  const [focused, setFocused] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const plain = loose && typeof value === "string";
  const holds = typed !== null && (problem !== null || focused || typed.means === meaning(value));
  const text = holds ? typed.text : value === undefined ? "" : plain ? value : JSON.stringify(value, null, 2);
  const lines = text.split("\n").length;
  const write = (next: string, read: Json | undefined) => {
    setProblem(null);
    setTyped({ text: next, means: meaning(read) });
    onChange(read);
  };
  return (
    <>
      <TextArea
        {...control}
        aria-label={label}
        aria-invalid={problem !== null || control["aria-invalid"] || undefined}
        code={!plain}
        rows={rows ?? Math.min(16, Math.max(3, lines))}
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          if (next.trim() === "" && !required) write(next, undefined);
          else if (loose && !/^\s*[[{]/.test(next)) write(next, next);
          else
            try {
              write(next, toValue(parseJson(next)));
            } catch (error) {
              if (!(error instanceof JsonSyntaxError)) throw error;
              setTyped({ text: next, means: undefined });
              setProblem(`Line ${error.line}, column ${error.column}: ${error.reason}`);
            }
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
      {problem && (
        <p role="alert" className={styles.bad}>
          {problem}
        </p>
      )}
    </>
  );
}

/** A value as text, to see whether two mean the same. */
function meaning(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

interface StringsInputProps {
  value: Json | undefined;
  onChange: (value: string[] | undefined, typed: boolean) => void;
  item: string;
  suggestions?: readonly string[] | undefined;
  disabled?: boolean;
}

/** A list of texts, a row each. */
export function StringsInput({ value, onChange, item, suggestions, disabled }: StringsInputProps) {
  const list = Array.isArray(value)
    ? value.map((each) => (typeof each === "string" ? each : JSON.stringify(each)))
    : [];
  const id = useId();
  return (
    <div className={styles.list}>
      {list.map((text, index) => (
        <div className={styles.listRow} key={index}>
          <Input
            aria-label={`${item} ${index + 1}`}
            value={text}
            disabled={disabled}
            list={suggestions ? id : undefined}
            onChange={(event) =>
              onChange(
                list.map((each, at) => (at === index ? event.target.value : each)),
                true,
              )
            }
          />
          <IconButton
            icon="x"
            small
            label={`Remove ${item.toLowerCase()} ${index + 1}`}
            disabled={disabled}
            onClick={() =>
              onChange(
                list.filter((_, at) => at !== index),
                false,
              )
            }
          />
        </div>
      ))}
      {suggestions && (
        <datalist id={id}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {!disabled && (
        <Button kind="quiet" small icon="plus" onClick={() => onChange([...list, ""], false)}>
          {item}
        </Button>
      )}
    </div>
  );
}
