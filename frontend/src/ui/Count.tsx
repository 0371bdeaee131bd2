import styles from "./Count.module.css";

/** A small count behind a word. */
export function Count({ of, label }: { of: number; label?: string }) {
  return (
    <span className={styles.count} title={label}>
      {of}
      {label && <span className="sr"> {label}</span>}
    </span>
  );
}
