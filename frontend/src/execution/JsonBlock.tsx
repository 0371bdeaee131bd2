import { useMemo, useState, type ReactNode } from "react";
import { Button } from "@/ui/Button.tsx";
import { Coloured, CopyButton } from "@/ui/CodeValue.tsx";
import { pretty } from "@/ui/json.ts";
import { bytes } from "@/ui/time.ts";
import styles from "./JsonBlock.module.css";

interface JsonBlockProps {
  title: string;
  /** JSON text, or null while there is none. */
  text: string | null;
  /** Stands in the same place until there is a value. */
  empty: ReactNode;
}

/* More than this is folded until somebody asks: a page stays quick with a payload of 256 KiB. */
const SHOWN = 4_000;

/** A value of an execution as coloured JSON, with its size and a copy button; a long one is cut until asked. */
export function JsonBlock({ title, text, empty }: JsonBlockProps) {
  const [whole, setWhole] = useState(false);
  const full = useMemo(() => (text === null ? "" : pretty(text)), [text]);
  const cut = !whole && full.length > SHOWN;
  return (
    <section className={styles.block} aria-label={title}>
      <div className={styles.head}>
        <h3>{title}</h3>
        {text !== null && (
          <>
            <span className="small muted num">{bytes(new Blob([text]).size)}</span>
            <CopyButton text={full} label={`Copy ${title.toLowerCase()}`} />
          </>
        )}
      </div>
      {text === null ? (
        <div className={`${styles.well} ${styles.empty}`}>{empty}</div>
      ) : (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it takes the keyboard
        <div className={styles.well} tabIndex={0} role="group" aria-label={`${title}, as JSON`}>
          <pre>
            <Coloured text={cut ? full.slice(0, SHOWN) + "…" : full} />
          </pre>
          {cut && (
            <div className={styles.more}>
              <Button small onClick={() => setWhole(true)}>
                Show all {bytes(full.length)}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
