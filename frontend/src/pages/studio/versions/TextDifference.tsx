import { useMemo, useState } from "react";

import { Icon } from "@/ui/icons.tsx";
import { alignedRows, folds, type Row } from "./alignedRows.ts";
import styles from "./TextDifference.module.css";

interface TextDifferenceProps {
  before: string;
  after: string;
  labels: readonly [string, string];
}

const SIGNS: Record<Row["kind"], readonly [string, string]> = {
  same: ["", ""],
  changed: ["−", "+"],
  removed: ["−", ""],
  added: ["", "+"],
};

/** Two texts line by line; what is the same for long is folded and opens where it stands. */
export function TextDifference({ before, after, labels }: TextDifferenceProps) {
  const rows = useMemo(() => alignedRows(before, after), [before, after]);
  const parts = useMemo(() => folds(rows), [rows]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  return (
    <div className={styles.frame} data-testid="text-difference">
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is scrolled with the keyboard */}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Differences of the texts">
        <table className={styles.table}>
          <colgroup>
            <col className={styles.number} />
            <col />
            <col className={styles.number} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th colSpan={2}>{labels[0]}</th>
              <th colSpan={2}>{labels[1]}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) =>
              part.folded && !opened.has(part.from) ? (
                <tr key={part.from} className={styles.fold}>
                  <td colSpan={4}>
                    <button type="button" onClick={() => setOpened(new Set([...opened, part.from]))}>
                      <Icon name="chevron-down" size="s" />
                      {part.to - part.from} lines are the same
                    </button>
                  </td>
                </tr>
              ) : (
                rows.slice(part.from, part.to).map((row, index) => (
                  <tr key={part.from + index} data-kind={row.kind}>
                    <Side line={row.before} sign={SIGNS[row.kind][0]} side="before" />
                    <Side line={row.after} sign={SIGNS[row.kind][1]} side="after" />
                  </tr>
                ))
              ),
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Side({ line, sign, side }: { line: Row["before"]; sign: string; side: string }) {
  return (
    <>
      <td className={styles.number}>{line?.number}</td>
      <td className={styles.text} data-side={side} data-absent={line === null || undefined}>
        <span className={styles.sign}>{line && sign}</span>
        {line?.text}
      </td>
    </>
  );
}
