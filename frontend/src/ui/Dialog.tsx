import { Dialog as Radix } from "radix-ui";
import { useRef, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "./Button.tsx";
import styles from "./Dialog.module.css";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  /** A question, or what is about to be made. */
  title: string;
  /** One sentence below the title. */
  text?: ReactNode;
  children?: ReactNode;
  /** The buttons, the one that acts last. */
  actions: ReactNode;
  /** Given, the dialog is a form; Enter in a field submits it, and Ctrl Enter wherever one is in it. */
  onSubmit?: () => void;
  wide?: boolean;
}

/** A short task, or what cannot be undone. Esc closes it; the first field has the focus. */
export function Dialog({ open, onClose, title, text, children, actions, onSubmit, wide }: DialogProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
  };
  const press = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // Before an editor in the form makes a line of it.
    event.stopPropagation();
    if (!event.currentTarget.querySelector("[type=submit]:disabled")) onSubmit?.();
  };
  const content = (
    <>
      <div className={styles.body}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </>
  );
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={wide ? `${styles.dialog} ${styles.wide}` : styles.dialog}
          {...(text ? {} : { "aria-describedby": undefined })}
        >
          <Radix.Title className={styles.title}>{title}</Radix.Title>
          {text && <Radix.Description className={styles.text}>{text}</Radix.Description>}
          {onSubmit ? (
            <form onSubmit={submit} onKeyDownCapture={press} className={styles.form} noValidate>
              {content}
            </form>
          ) : (
            content
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  /** "Stop run 0914?" */
  title: string;
  /** What then happens, and that it cannot be undone. */
  text: ReactNode;
  /** Names the act: "Stop run 0914". */
  act: string;
  /** Names the harmless way out: "Keep it running". It has the focus. */
  keep: string;
  onConfirm: () => void;
  busy?: string | false;
  /** What went wrong the last time. */
  error?: string | null;
  children?: ReactNode;
}

/** Asks again before something that cannot be undone. */
export function Confirm(props: ConfirmProps) {
  const { open, onClose, title, text, act, keep, onConfirm, busy, error, children } = props;
  const harmless = useRef<HTMLButtonElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          role="alertdialog"
          className={styles.dialog}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            harmless.current?.focus();
          }}
        >
          <Radix.Title className={styles.title}>{title}</Radix.Title>
          <Radix.Description className={styles.text}>{text}</Radix.Description>
          <div className={styles.body}>
            {children}
            <p role="alert" className={styles.error}>
              {error}
            </p>
          </div>
          <div className={styles.actions}>
            <Button ref={harmless} onClick={onClose}>
              {keep}
            </Button>
            <Button kind="danger-solid" onClick={onConfirm} busy={busy}>
              {act}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
