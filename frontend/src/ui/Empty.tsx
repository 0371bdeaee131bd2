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
  /** It is all there is on the page, so its title is the page's. */
  page?: boolean;
}

/** What stands where nothing is yet: what to do, why, and the way to begin. */
export function Empty({ title, text, children, small, page }: EmptyProps) {
  const Title = page ? "h1" : "h2";
  return (
    <section className={small ? `${styles.empty} ${styles.small}` : styles.empty}>
      <Title>{title}</Title>
      <p>{text}</p>
      {children && <div className={styles.acts}>{children}</div>}
    </section>
  );
}
