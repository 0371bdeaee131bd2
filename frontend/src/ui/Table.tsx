import type { ReactNode, TableHTMLAttributes } from "react";
import styles from "./Table.module.css";

interface TableProps extends TableHTMLAttributes<HTMLTableElement> {
  /** Said by a screen reader: what the rows are. */
  label: string;
  children: ReactNode;
}

/** Rows of 28 px below a head of 12 px; below 720 px it scrolls sideways by itself. */
export function Table({ label, children, className, ...rest }: TableProps) {
  return (
    <div className={styles.frame}>
      <table aria-label={label} {...rest} className={[styles.table, className].filter(Boolean).join(" ")}>
        {children}
      </table>
    </div>
  );
}
