import type { ReactNode } from "react";
import { Link } from "react-router";
import styles from "./PageBar.module.css";

interface PageBarProps {
  /** Where this thing lies: "Workflows" and its address. */
  parent?: { label: string; to: string };
  name: string;
  /** Beside the name, on a phone below it: a status, when it was saved. */
  aside?: ReactNode;
  /** In the middle: the modes. */
  modes?: ReactNode;
  /** At the right, the primary one last. */
  actions?: ReactNode;
}

/** The bar of 48 px of an open thing: path, name and status, modes, actions. */
export function PageBar({ parent, name, aside, modes, actions }: PageBarProps) {
  return (
    <div className={styles.bar}>
      <div className={styles.left}>
        {parent && (
          <>
            <Link to={parent.to} className={styles.crumb}>
              {parent.label}
            </Link>
            <span className="muted" aria-hidden="true">
              /
            </span>
          </>
        )}
        <h1 className="clip" title={name}>
          {name}
        </h1>
        {aside != null && <div className={styles.aside}>{aside}</div>}
      </div>
      {modes}
      <div className={styles.actions}>{actions}</div>
    </div>
  );
}
