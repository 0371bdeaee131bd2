import type { Trial } from "@/api/types.ts";

/** What was tried, in words: where it began and ended, and how many outputs were given. */
export function trialInWords({ until, from, pinned }: Trial): string {
  const parts = [
    from !== null && `from “${from}”`,
    until !== null && `up to “${until}”`,
    pinned.length > 0 && `${pinned.length} pinned`,
  ].filter((part) => part !== false);
  return parts.join(", ") || "nothing pinned was reached";
}
