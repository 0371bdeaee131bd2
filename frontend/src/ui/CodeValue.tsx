import { useMemo } from "react";
import { IconButton } from "./Button.tsx";
import { pretty, tokens } from "./json.ts";
import { bytes } from "./time.ts";
import { useCopied } from "./useCopied.ts";
import styles from "./CodeValue.module.css";

interface CodeValueProps {
  /** A JSON value, or JSON text. */
  value: unknown;
  /** "Input", "Output": stands above, with the size and the copy button. */
  label?: string;
  /** Grows with its content up to here, then scrolls. */
  maxHeight?: string;
  /** Shows the text as it is: it is no JSON. */
  plain?: boolean;
}

/* Colouring costs time with the square of the reader's patience: beyond this the text stays plain. */
const COLOURED_UP_TO = 60_000;

/** A value as indented, coloured JSON that can be copied. */
export function CodeValue({ value, label, maxHeight, plain = false }: CodeValueProps) {
  const text = useMemo(() => pretty(value), [value]);
  return (
    <figure className={styles.figure}>
      {label !== undefined && (
        <figcaption className={styles.caption}>
          <span className="grow">{label}</span>
          <span className="small muted num">{bytes(new Blob([text]).size)}</span>
          <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
        </figcaption>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it takes the keyboard */}
      <pre className={styles.code} style={{ maxHeight }} tabIndex={0} aria-label={label}>
        {plain ? text : <Coloured text={text} />}
      </pre>
    </figure>
  );
}

/** JSON text in its colours. */
export function Coloured({ text }: { text: string }) {
  const pieces = useMemo(() => (text.length > COLOURED_UP_TO ? null : tokens(text)), [text]);
  if (pieces === null) return <code>{text}</code>;
  return (
    <code>
      {pieces.map(([kind, piece], at) =>
        kind === "plain" ? (
          piece
        ) : (
          <span key={at} className={styles[kind]}>
            {piece}
          </span>
        ),
      )}
    </code>
  );
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { copied, copy } = useCopied();
  return (
    <IconButton
      icon={copied ? "check" : "copy"}
      label={copied ? "Copied" : label}
      small
      onClick={() => void copy(text)}
    />
  );
}
