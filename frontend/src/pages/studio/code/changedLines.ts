export interface Line {
  readonly text: string;
  readonly changed: boolean;
}

const MOST = 3000;

/** The lines of two texts, each marked when the other text does not have it at that point (longest common subsequence). */
export function changedLines(theirs: string, mine: string): { theirs: Line[]; mine: Line[] } {
  const one = theirs.split("\n");
  const other = mine.split("\n");
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start++;
  let end = 0;
  while (
    end < one.length - start &&
    end < other.length - start &&
    one[one.length - 1 - end] === other[other.length - 1 - end]
  )
    end++;
  const [a, b] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  const [keptA, keptB] =
    a.length * b.length > MOST * MOST ? [new Set<number>(), new Set<number>()] : common(a, b);
  const mark = (lines: string[], kept: Set<number>): Line[] =>
    lines.map((text, index) => ({
      text,
      changed: index >= start && index < lines.length - end && !kept.has(index - start),
    }));
  return { theirs: mark(one, keptA), mine: mark(other, keptB) };
}

function common(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  const at = (row: number, column: number) => length[row * width + column] ?? 0;
  for (let row = a.length - 1; row >= 0; row--)
    for (let column = b.length - 1; column >= 0; column--)
      length[row * width + column] =
        a[row] === b[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const [keptA, keptB] = [new Set<number>(), new Set<number>()];
  for (let row = 0, column = 0; row < a.length && column < b.length;) {
    if (a[row] === b[column]) {
      keptA.add(row++);
      keptB.add(column++);
    } else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return [keptA, keptB];
}
