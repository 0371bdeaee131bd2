import { isObject, type Json } from "@/asl/types.ts";

/** What of a draft an execution tried, and the states whose outputs it was given. */
export interface Trial {
  readonly until: string | null;
  readonly from: string | null;
  readonly pinned: readonly string[];
}

/** What the layout of an execution's definition says of a trial, or null where it was none. */
export function readTrial(layout: unknown): Trial | null {
  const found = isObject(layout as Json) ? (layout as { trial?: Json }).trial : undefined;
  if (!isObject(found)) return null;
  const { until, from, pinned } = found;
  return {
    until: typeof until === "string" ? until : null,
    from: typeof from === "string" ? from : null,
    pinned: Array.isArray(pinned) ? pinned.filter((name): name is string => typeof name === "string") : [],
  };
}

export function trialInWords({ until, from, pinned }: Trial): string {
  const parts = [
    from !== null && `from “${from}”`,
    until !== null && `up to “${until}”`,
    pinned.length > 0 && `${pinned.length} pinned`,
  ].filter((part) => part !== false);
  return parts.join(", ") || "nothing pinned was reached";
}
