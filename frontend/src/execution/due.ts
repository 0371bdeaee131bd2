import type { JsonObject } from "@/asl/types.ts";
import type { Visit } from "./model.ts";

/** A wait of the server's, as far as the moment of its end goes. */
interface KnownWait {
  frame: number;
  state: string;
  due: string | null;
}

/** When a Wait state ends: what a note said, what the server says, else what the definition promises. */
export function dueOf(visit: Visit, state: JsonObject | null, waits: readonly KnownWait[]): number | null {
  if (visit.endedAt !== null) return null;
  if (visit.due !== null) return visit.due;
  if (visit.status !== "waiting-time") return null;
  for (const wait of waits) {
    if (wait.frame !== visit.frame || wait.state !== visit.name || wait.due === null) continue;
    const due = Date.parse(wait.due);
    // In a loop what is known may still be of the visit before: that one was over when this one began.
    if (due > visit.enteredAt) return due;
  }
  const seconds = state?.["Seconds"];
  return typeof seconds === "number" ? visit.enteredAt + seconds * 1000 : null;
}
