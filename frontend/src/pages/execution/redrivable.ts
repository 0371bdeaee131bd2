import type { Execution } from "@/api/types.ts";
import { isLive } from "@/ui/status.ts";

/** Why an execution cannot be redriven, in a sentence; null where it can. `status` is the newest known. */
export function whyNotRedriven({ redrive }: Pick<Execution, "redrive">, status: string): string | null {
  if (isLive(status)) return "It still runs: what fails can be redriven";
  if (status === "SUCCEEDED") return "It succeeded: there is nothing to redrive";
  if (redrive.status === "REDRIVABLE") return null;
  if (redrive.status === "REDRIVABLE_BY_MAP_RUN")
    return "Its Map Run redrives it: redrive the execution above it";
  return reasons[redrive.reason ?? ""] ?? redrive.reason ?? "It cannot be redriven";
}

/* The service's reasons in our words. */
const reasons: Readonly<Record<string, string>> = {
  "Execution redrivable period exceeded": "It ended more than 14 days ago, and can be redriven no more",
  "Execution history event limit exceeded": "Its record is full: start a new execution",
  "Execution has exceeded the max execution time": "It was started more than a year ago",
  "State machine is in DELETING status": "Its workflow is being deleted",
};
