import { useState, useSyncExternalStore } from "react";
import { readEntries } from "@/api/executions.ts";
import { Watch, type Watched } from "@/execution/watch.ts";

/** Watches an execution as long as the page is open. The page is made anew for another execution. */
export function useWatch(key: string, lastSeq: number): { watched: Watched; again: () => void } {
  const [watch] = useState(
    () =>
      new Watch({
        lastSeq,
        address: (after) => `${location.origin.replace(/^http/, "ws")}/ws/executions/${key}/?after=${after}`,
        readPage: (after, signal) => readEntries(key, after, signal),
      }),
  );
  return { watched: useSyncExternalStore(watch.subscribe, watch.snapshot), again: watch.again };
}
