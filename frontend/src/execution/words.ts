import { duration, left, roughly } from "@/ui/time.ts";
import { attemptsSince, type Attempt, type Visit } from "./model.ts";

/** What stands at the right of a card's foot: attempts, how long, what is left. Room is short there. */
export function footOf(visit: Visit, now: number, due: number | null): string {
  const spent = brief((visit.endedAt ?? now) - visit.enteredAt);
  const tries = triesOf(visit);
  switch (visit.status) {
    case "queued":
    case "skipped":
    case "reused":
    case "not-started":
      return "";
    case "retrying": {
      if (visit.retryDue === null)
        return `${tries}, ${brief(now - (visit.attempts.at(-1)?.scheduledAt ?? now))}`;
      const rest = visit.retryDue - now;
      return `${tries}, ${rest < MINUTE ? remaining(visit.retryDue, now) : `in ${roughly(rest)}`}`;
    }
    case "waiting-time":
      if (due === null) return spent;
      return due - now < MINUTE ? timeLeft(due, now) : `${roughly(due - now)} left`;
    case "waiting-person":
      return roughly(now - visit.enteredAt);
    default:
      return tries === null ? spent : `${tries}, ${spent}`;
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function brief(ms: number): string {
  return ms < HOUR ? duration(ms) : roughly(ms);
}

/** A run's name; one that was given a UUID for a name is told by how it begins. */
export function runName(name: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name) ? name.slice(0, 8) : name;
}

/** "2/5": the attempts made of those allowed; null where there was but one and no more are known. */
export function triesOf(visit: Visit): string | null {
  const made = attemptsSince(visit);
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
