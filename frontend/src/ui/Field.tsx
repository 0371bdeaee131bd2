import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
} from "react";
import { Icon, type IconName } from "./icons.tsx";
import styles from "./Field.module.css";

/** What a control must carry to belong to its label and its message. */
export interface ControlProps {
  id: string;
  "aria-describedby": string;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: ReactNode;
  /** What to write here; stands below until there is an error. */
  hint?: ReactNode;
  /** A sentence that says what to do. Hint and error never stand together. */
  error?: string | null;
  /** Something to look at that keeps nothing from working; stands where the hint stood. */
  warning?: string | null;
  optional?: boolean;
  /** Right behind the label: the way to what the field does. */
  info?: ReactNode;
  /** At the right of the label: a small switch of kinds. */
  aside?: ReactNode;
  /** Leaves out the line kept for hint or error, where a form is short of room. */
  tight?: boolean;
  children: (control: ControlProps) => ReactNode;
}

/** Label, control, then hint or error on a line that is kept for it. */
export function Field(props: FieldProps) {
  const { label, hint, error, warning, optional, info, aside, tight, children } = props;
  const id = useId();
  const messageId = `${id}-message`;
  const bad = Boolean(error);
  return (
    <div className={styles.field}>
      <div className={styles.top}>
        <span className={styles.name}>
          <label htmlFor={id} className={styles.label}>
            {label}
            {optional && <span className={styles.optional}> optional</span>}
          </label>
          {info}
        </span>
        {aside}
      </div>
      {children({ id, "aria-describedby": messageId, "aria-invalid": bad || undefined })}
      <FieldMessage id={messageId} hint={hint} error={error} warning={warning} tight={tight} />
    </div>
  );
}

/** The line below a control, for groups of controls that have a legend instead of a label. */
export function FieldMessage(props: {
  /** By which a control is described by it. */
  id?: string;
  hint?: ReactNode;
  error?: string | null;
  warning?: string | null;
  tight?: boolean;
}) {
  const { id, hint, error, warning, tight } = props;
  const empty = !error && !warning && !hint;
  return (
    <div id={id} className={tight && empty ? styles.none : styles.message} aria-live="polite">
      {error ? (
        <span className={styles.error}>
          <Icon name="circle-alert" size="s" />
          <span>{error}</span>
        </span>
      ) : warning ? (
        <span className={styles.warning}>
          <Icon name="triangle-alert" size="s" />
          <span>{warning}</span>
        </span>
      ) : (
        hint
      )}
    </div>
  );
}

interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** An expression or code: mono face on the sunken ground. */
  code?: boolean;
  icon?: IconName;
  /** Stands inside at the end: a unit in words, a key cap. */
  after?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

/** A line of text. */
export function Input({ code, icon, after, className, ...rest }: InputProps) {
  return (
    <span
      className={[styles.input, code && styles.code, className].filter(Boolean).join(" ")}
      data-bad={rest["aria-invalid"] ? "" : undefined}
    >
      {icon && <Icon name={icon} size="s" />}
      <input {...rest} />
      {after}
    </span>
  );
}

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  code?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
}

/** Lines of text. */
export function TextArea({ code, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={3}
      spellCheck={code ? false : undefined}
      {...rest}
      className={[styles.area, code && styles.code, className].filter(Boolean).join(" ")}
      data-bad={rest["aria-invalid"] ? "" : undefined}
    />
  );
}
