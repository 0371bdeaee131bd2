import type { ReactNode } from "react";
import styles from "./Empty.module.css";

interface EmptyProps {
  /** What to do. */
  title: string;
  /** One sentence. */
  text: ReactNode;
  /** One primary action, and what else one can start from. */
  children?: ReactNode;
  /** Inside a panel instead of a page. */
  small?: boolean;
}

/** What stands where nothing is yet: what to do, why, and the way to begin. */
export function Empty({ title, text, children, small }: EmptyProps) {
  return (
    <section className={small ? `${styles.empty} ${styles.small}` : styles.empty}>
      <h2>{title}</h2>
      <p>{text}</p>
      {children && <div className={styles.acts}>{children}</div>}
    </section>
  );
}
