import { useEffect } from "react";
import { create } from "zustand";
import { Button, IconButton } from "./Button.tsx";
import { Icon } from "./icons.tsx";
import styles from "./Toast.module.css";

interface Message {
  /** The word first: "Version 8 published". */
  title: string;
  text?: string;
  /** An error stays until it is closed. */
  tone?: "done" | "error";
  act?: { label: string; onSelect: () => void };
}

const useShown = create<{ message: (Message & { id: number }) | null }>(() => ({ message: null }));

let told = 0;

/** Shows one message at the lower left, in place of the one before. Never the only place where it is said. */
export function toast(message: Message): void {
  told += 1;
  useShown.setState({ message: { ...message, id: told } });
}

const close = () => useShown.setState({ message: null });

const STAYS_MS = 6000;

/** Where toasts appear; stands once, in the shell. */
export function Toasts() {
  const message = useShown((state) => state.message);
  const stays = message?.tone === "error";

  useEffect(() => {
    if (message === null || stays) return;
    const timer = setTimeout(close, STAYS_MS);
    return () => clearTimeout(timer);
  }, [message, stays]);

  return (
    <div className={styles.place} aria-live="polite" role="status">
      {message && (
        <div className={styles.toast} key={message.id}>
          <span data-status={stays ? "failed" : "succeeded"} className={styles.icon}>
            <Icon name={stays ? "circle-x" : "circle-check"} />
          </span>
          <div className="grow">
            <p className={styles.title}>{message.title}</p>
            {message.text && <p className="second">{message.text}</p>}
          </div>
          {message.act && (
            <Button
              kind="quiet"
              small
              onClick={() => {
                message.act?.onSelect();
                close();
              }}
            >
              {message.act.label}
            </Button>
          )}
          <IconButton icon="x" label="Close this message" small onClick={close} />
        </div>
      )}
    </div>
  );
}
