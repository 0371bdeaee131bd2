import type { ReactNode } from "react";
import { Count } from "./Count.tsx";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  /** How many there are; the room for it is kept. */
  count?: number;
  /** At the right of the title, the primary one last. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A list page: title and count, actions at the right, then the content. */
export function Page({ title, count, actions, children }: PageProps) {
  return (
    <div className={styles.page}>
      <title>{`${title}, Cuelight`}</title>
      <div className={styles.top}>
        <h1>{title}</h1>
        {count !== undefined && <Count of={count} />}
        <span className="grow" />
        {actions}
      </div>
      {children}
    </div>
  );
}

/** One row of search, filters, sort. */
export function Filters({ children }: { children: ReactNode }) {
  return <div className={styles.filters}>{children}</div>;
}
