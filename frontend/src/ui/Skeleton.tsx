import { useEffect, useState, type CSSProperties, type ReactNode } from "react";
import styles from "./Skeleton.module.css";

/** One grey shape in the true size of what will stand there. */
export function Block({ width, height, radius }: { width?: string; height: string; radius?: string }) {
  const style: CSSProperties = { width, height, borderRadius: radius };
  return <span className={styles.block} style={style} />;
}

interface LoadingProps {
  /** Said to a screen reader at once and to everybody after two seconds: "Loading the workflows". */
  what: string;
  children: ReactNode;
}

const SHAPES_AFTER_MS = 200;
const WORDS_AFTER_MS = 2000;

/** Nothing for 200 ms, then the grey shapes, after 2 s what is awaited. */
export function Loading({ what, children }: LoadingProps) {
  const shapes = useAfter(SHAPES_AFTER_MS);
  const words = useAfter(WORDS_AFTER_MS);
  return (
    <div role="status" aria-busy="true" className={styles.loading}>
      <p className={words ? styles.words : "sr"}>{what}…</p>
      <div aria-hidden="true" className={shapes ? undefined : styles.hidden}>
        {children}
      </div>
    </div>
  );
}

function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}
