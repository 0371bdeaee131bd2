import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { Icon } from "./icons.tsx";
import { useCopied } from "./useCopied.ts";
import styles from "./ErrorPanel.module.css";

interface ErrorPanelProps {
  /** What failed: "The workflows could not be loaded". */
  title: string;
  /** Why, and what to do. */
  text?: ReactNode;
  /** The technical cause, one click away and copyable. */
  cause?: string;
  onRetry?: () => void;
  children?: ReactNode;
}

/** What failed, why, what to do, in the place where it happened. */
export function ErrorPanel({ title, text, cause, onRetry, children }: ErrorPanelProps) {
  const { copied, copy } = useCopied();
  return (
    <section className={styles.panel} role="alert">
      <Icon name="circle-x" className={styles.icon} />
      <div className={styles.words}>
        <h2>{title}</h2>
        {text && <p>{text}</p>}
        {cause && (
          <details className={styles.cause}>
            <summary>Technical cause</summary>
            <pre>{cause}</pre>
            <Button small icon={copied ? "check" : "copy"} onClick={() => void copy(cause)}>
              {copied ? "Copied" : "Copy"}
            </Button>
          </details>
        )}
        {(onRetry || children) && (
          <div className={styles.acts}>
            {onRetry && (
              <Button small icon="rotate-cw" onClick={onRetry}>
                Try again
              </Button>
            )}
            {children}
          </div>
        )}
      </div>
    </section>
  );
}
