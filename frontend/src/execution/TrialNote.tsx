import type { ReactNode } from "react";
import type { Trial } from "@/api/types.ts";
import { Icon } from "@/ui/icons.tsx";
import styles from "./TrialNote.module.css";

interface TrialNoteProps {
  trial: Trial;
  onSelect: (state: string) => void;
}

/** What of the draft was tried: where it began and ended, and which outputs were given instead of made. */
export function TrialNote({ trial: { from, until, pinned }, onSelect }: TrialNoteProps) {
  const way = (name: string) => (
    <button key={name} type="button" className={styles.way} onClick={() => onSelect(name)}>
      {name}
    </button>
  );
  return (
    <div className={styles.note} role="note" data-testid="trial-note">
      <Icon name="flask-conical" />
      <div className="grow">
        <p className={styles.title}>A trial of the draft</p>
        <p>
          It begins at {from === null ? "the first state" : way(from)}
          {until === null ? " and runs to the end." : <> and ends after {way(until)}.</>}
        </p>
        <p>
          {pinned.length === 0 ? (
            "No output was pinned."
          ) : (
            <>Outputs that were pinned: {listed(pinned.map(way))}.</>
          )}
        </p>
      </div>
    </div>
  );
}

function listed(parts: readonly ReactNode[]): ReactNode[] {
  return parts.flatMap((part, number) => (number === 0 ? [part] : [", ", part]));
}
