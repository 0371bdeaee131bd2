/** A horizontal piece of one or more edges in the gap between two rows. */
export interface Run {
  readonly id: string;
  readonly gap: number;
  /** Where uprights come in from above it, and where they go down from it. */
  readonly above: number[];
  readonly below: number[];
}

const NEAR = 10;

/**
 * Gives runs in one gap their tracks, from the top: no two on a track touch, and where one comes down at
 * the x at which another goes down, the one that comes from above lies higher, so that uprights never overlap.
 */
export function intoTracks(runs: readonly Run[]): { count: number; trackOf: Map<string, number> } {
  const span = (run: Run) => {
    const all = [...run.above, ...run.below];
    return [Math.min(...all), Math.max(...all)] as const;
  };
  const higher = new Map<Run, Run[]>();
  for (const run of runs)
    higher.set(
      run,
      runs.filter(
        (other) => other !== run && other.above.some((x) => run.below.some((at) => Math.abs(at - x) < NEAR)),
      ),
    );
  const trackOf = new Map<string, number>();
  const taken: (readonly [number, number])[][] = [];
  const open = new Set<Run>();
  const settle = (run: Run) => {
    if (trackOf.has(run.id) || open.has(run)) return;
    open.add(run);
    for (const other of higher.get(run) ?? []) settle(other);
    const [from, to] = span(run);
    let track = Math.max(0, ...(higher.get(run) ?? []).map((other) => (trackOf.get(other.id) ?? -1) + 1));
    while ((taken[track] ?? []).some(([start, end]) => from < end + NEAR && start < to + NEAR)) track++;
    for (let at = taken.length; at <= track; at++) taken.push([]);
    taken[track]?.push([from, to]);
    trackOf.set(run.id, track);
  };
  for (const run of [...runs].sort(
    (one, other) => span(one)[1] - span(one)[0] - (span(other)[1] - span(other)[0]),
  ))
    settle(run);
  return { count: taken.length, trackOf };
}
