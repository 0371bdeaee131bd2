import { expect, it } from "vitest";
import { approval as example } from "@/api/testing.tsx";
import type { Approval } from "@/api/types.ts";
import { byDeadline, deadlineWords, isOverdue } from "./deadline.ts";

const now = new Date("2026-11-21T10:00:00Z").getTime();

const approval = (expires_at: string | null, more: Partial<Approval> = {}) =>
  example({ expires_at, ...more });

it("says overdue as a word", () => {
  expect(deadlineWords(approval("2026-11-21T07:00:00Z"), now)).toBe("Overdue by 3 h");
  expect(deadlineWords(approval("2026-11-23T16:00:00Z"), now)).toBe("2 days 6 hours left");
  expect(deadlineWords(approval(null), now)).toBe("No deadline");
});

it("calls only what is open overdue", () => {
  expect(isOverdue(approval("2026-11-21T07:00:00Z"), now)).toBe(true);
  expect(isOverdue(approval("2026-11-21T07:00:00Z", { status: "decided" }), now)).toBe(false);
  expect(isOverdue(approval(null), now)).toBe(false);
});

it("puts the oldest deadline first and what has none last", () => {
  const late = approval("2026-11-21T07:00:00Z", { id: 1 });
  const soon = approval("2026-11-22T07:00:00Z", { id: 2 });
  const free = approval(null, { id: 3 });
  const older = approval("2026-11-22T07:00:00Z", { id: 4, requested_at: "2026-11-19T10:00:00Z" });
  expect([free, soon, late, older].sort(byDeadline).map(({ id }) => id)).toEqual([1, 4, 2, 3]);
});
