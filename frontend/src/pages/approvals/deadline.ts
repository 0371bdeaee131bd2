import type { Approval } from "@/api/types.ts";
import { left, roughly } from "@/ui/time.ts";

/** Whether it is still open though its time is up. */
export function isOverdue(approval: Approval, now: number): boolean {
  return (
    approval.status === "open" &&
    approval.expires_at !== null &&
    new Date(approval.expires_at).getTime() < now
  );
}

/** What a row says about time: "Overdue by 3 h", "2 days 6 hours left", "No deadline". */
export function deadlineWords(approval: Approval, now: number): string {
  if (approval.expires_at === null) return "No deadline";
  const until = new Date(approval.expires_at).getTime();
  if (until < now) return `Overdue by ${roughly(now - until)}`;
  return `${left(approval.expires_at, now).replace(/^in /, "")} left`;
}

/** The order of the inbox: the oldest deadline first, what has none last, the older question first among equals. */
export function byDeadline(a: Approval, b: Approval): number {
  const until = (approval: Approval) =>
    approval.expires_at === null ? Infinity : new Date(approval.expires_at).getTime();
  if (until(a) === until(b)) return a.requested_at.localeCompare(b.requested_at);
  return until(a) < until(b) ? -1 : 1;
}
