import { isObject, type Json } from "@/asl/types.ts";

/** What one more Retrier or Catcher is for, whose errors nobody has named yet: the widest first. */
const WIDEST = ["States.ALL", "States.TaskFailed", "States.Timeout", "States.HeartbeatTimeout"];

/**
 * Where one more Retrier or Catcher goes and which error it names: the widest that none of the others does. The one
 * for all errors stays the last, as it has to: what comes after it could never be reached.
 */
export function nextCaught(others: readonly Json[]): { at: number; error: string } {
  const named = others.map((each) => (isObject(each) ? each["ErrorEquals"] : null));
  const names = new Set(named.flatMap((each) => (Array.isArray(each) ? each : [])));
  const all = named.findIndex((each) => Array.isArray(each) && each.includes("States.ALL"));
  return {
    at: all < 0 ? others.length : all,
    error: WIDEST.find((name) => !names.has(name)) ?? "States.Permissions",
  };
}
