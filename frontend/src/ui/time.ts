import { useEffect, useState } from "react";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** A duration in words: "0.3 s", "13.4 s", "2 min 5 s", "3 h 10 min", "2 days 6 hours". */
export function duration(ms: number): string {
  const of = Math.max(0, ms);
  if (of < 59_950) return `${(of / SECOND).toFixed(1)} s`;
  const seconds = Math.round(of / SECOND);
  if (seconds < 3600) return joined(`${Math.floor(seconds / 60)} min`, seconds % 60, (s) => `${s} s`);
  const minutes = Math.round(of / MINUTE);
  if (minutes < 1440) return joined(`${Math.floor(minutes / 60)} h`, minutes % 60, (m) => `${m} min`);
  const hours = Math.round(of / HOUR);
  const days = count(Math.floor(hours / 24), "day", "days");
  return joined(days, hours % 24, (h) => count(h, "hour", "hours"));
}

function joined(first: string, rest: number, say: (rest: number) => string): string {
  return rest === 0 ? first : `${first} ${say(rest)}`;
}

/** The largest unit alone, where room is short: "28 s", "4 min", "2 h", "3 days". */
export function roughly(ms: number): string {
  const of = Math.max(0, ms);
  if (of < MINUTE) return `${Math.floor(of / SECOND)} s`;
  if (of < HOUR) return `${Math.floor(of / MINUTE)} min`;
  if (of < DAY) return `${Math.floor(of / HOUR)} h`;
  return count(Math.floor(of / DAY), "day", "days");
}

/** How long ago, in words: "just now", "12 s ago", "2 h ago", "3 days ago". */
export function ago(at: string | Date, now: number): string {
  const passed = now - instant(at);
  return passed < SECOND ? "just now" : `${roughly(passed)} ago`;
}

/** What is left, or by how much it is over: "in 2 days 6 hours", "overdue by 3 h". */
export function left(until: string | Date, now: number): string {
  const rest = instant(until) - now;
  if (rest < 0) return `overdue by ${roughly(-rest)}`;
  // A deadline does not count tenths of a second.
  return rest <= MINUTE - SECOND ? `in ${Math.ceil(rest / SECOND)} s` : `in ${duration(rest)}`;
}

/** The moment as people say it in a list: "today, 06:00", "yesterday, 18:20", "12 Nov, 08:41", "3 Jan 2025". */
export function moment(at: string | Date, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  const clock = clockTime(date);
  if (sameDay(date, today)) return `today, ${clock}`;
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (sameDay(date, yesterday)) return `yesterday, ${clock}`;
  const day = format({ day: "numeric", month: "short" }, date);
  return date.getFullYear() === today.getFullYear() ? `${day}, ${clock}` : `${day} ${date.getFullYear()}`;
}

/** The moment in full with its zone: "Tue 24 Nov 2026, 18:00 CET". */
export function fullMoment(at: string | Date): string {
  const date = new Date(at);
  const day = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" }, date);
  return `${day.replace(",", "")}, ${clockTime(date)} ${zone(date)}`;
}

/** The time of day: "09:14", with seconds "09:14:02". */
export function clockTime(at: string | Date, seconds = false): string {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return format(seconds ? { ...options, second: "2-digit" } : options, new Date(at));
}

/** The zone's short name as the reader's system says it: "CET". */
export function zone(at: string | Date): string {
  const parts = formatter({ timeZoneName: "short" }).formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

/** A size in bytes: "312 B", "1.9 KB", "2.4 MB". */
export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  if (n < 1024 * 1024) return `${(n / 1024).toFixed(1)} KB`;
  return `${(n / 1024 / 1024).toFixed(1)} MB`;
}

/** A number with its thousands parted: "2,408". */
export function numeral(n: number): string {
  return n.toLocaleString("en-GB");
}

/** The present, told again every so many milliseconds; null stops it. */
export function useNow(everyMs: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

const instant = (at: string | Date) => new Date(at).getTime();

const sameDay = (a: Date, b: Date) =>
  a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();

const formatters = new Map<string, Intl.DateTimeFormat>();

/* Making a formatter costs more than using it: each is made once. */
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", options);
  formatters.set(key, made);
  return made;
}

function format(options: Intl.DateTimeFormatOptions, date: Date): string {
  return formatter(options).format(date);
}
