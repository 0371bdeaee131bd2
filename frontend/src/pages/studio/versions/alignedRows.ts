import { changedLines } from "../code/changedLines.ts";

export interface Row {
  readonly before: { readonly number: number; readonly text: string } | null;
  readonly after: { readonly number: number; readonly text: string } | null;
  readonly kind: "same" | "changed" | "removed" | "added";
}

/** Two texts line by line beside each other: what is the same stands in one row. */
export function alignedRows(before: string, after: string): Row[] {
  const { theirs, mine } = changedLines(before, after);
  const rows: Row[] = [];
  let [left, right] = [0, 0];
  while (left < theirs.length || right < mine.length) {
    const [one, other] = [theirs[left], mine[right]];
    const gone = one?.changed ?? false;
    const came = other?.changed ?? false;
    if (one && other && !gone && !came) {
      rows.push({
        before: { number: ++left, text: one.text },
        after: { number: ++right, text: other.text },
        kind: "same",
      });
      continue;
    }
    rows.push({
      before: one && gone ? { number: ++left, text: one.text } : null,
      after: other && came ? { number: ++right, text: other.text } : null,
      kind: gone && came ? "changed" : gone ? "removed" : "added",
    });
  }
  return rows;
}

export interface Fold {
  readonly from: number;
  readonly to: number;
  readonly folded: boolean;
}

const AROUND = 3;

/** Stretches of rows: what is the same for long is folded, but for a few lines round each change. */
export function folds(rows: readonly Row[]): Fold[] {
  const near = rows.map(() => false);
  rows.forEach((row, index) => {
    if (row.kind === "same") return;
    for (let at = Math.max(0, index - AROUND); at <= Math.min(rows.length - 1, index + AROUND); at++)
      near[at] = true;
  });
  const found: Fold[] = [];
  for (let at = 0; at < rows.length;) {
    let to = at;
    while (to < rows.length && near[to] === near[at]) to++;
    found.push({ from: at, to, folded: !near[at] && to - at > 1 });
    at = to;
  }
  return found;
}
