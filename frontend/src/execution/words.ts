import { duration, left, roughly } from "@/ui/time.ts";
import type { Attempt, Visit } from "./model.ts";

/** What stands at the right of a card's foot: attempts, how long, what is left. */
export function footOf(visit: Visit, now: number, due: number | null): string {
  const spent = (visit.endedAt ?? now) - visit.enteredAt;
  const tries = triesOf(visit);
  switch (visit.status) {
    case "queued":
    case "skipped":
    case "reused":
    case "not-started":
      return "";
    case "retrying":
      return visit.retryDue === null
        ? `${tries}, ${duration(now - (visit.attempts.at(-1)?.scheduledAt ?? now))}`
        : `${tries}, ${remaining(visit.retryDue, now)}`;
    case "waiting-time":
      return due === null ? duration(spent) : timeLeft(due, now);
    case "waiting-person":
      return roughly(spent);
    case "timed-out":
      return tries === null
        ? spent < 60_000
          ? duration(spent)
          : roughly(spent)
        : `${tries}, ${duration(spent)}`;
    default:
      return tries === null ? duration(spent) : `${tries}, ${duration(spent)}`;
  }
}

/** "2/5": the attempts made of those allowed; null where there was but one and no more are known. */
export function triesOf(visit: Visit): string | null {
  const made = visit.attempts.length;
  if (made === 0 || (made === 1 && visit.attemptsAllowed === null)) return null;
  return `${made}/${Math.max(made, visit.attemptsAllowed ?? made)}`;
}

/** "in 3 s"; a moment that is past is about to come. */
export function remaining(due: number, now: number): string {
  return due <= now ? "now" : left(new Date(due), now);
}

/** "11 s left". */
export function timeLeft(due: number, now: number): string {
  return due <= now ? "now" : `${left(new Date(due), now).replace(/^in /, "")} left`;
}

export const outcomeWords: Readonly<Record<Attempt["outcome"], string>> = {
  queued: "queued",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  "timed-out": "timed out",
  aborted: "aborted",
};
