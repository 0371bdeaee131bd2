import { expect, test } from "vitest";
import type { RedriveStatus } from "@/api/types.ts";
import { whyNotRedriven } from "./redrivable.ts";

const of = (status: RedriveStatus, reason: string | null = null) => ({ redrive: { status, reason } });

test("what failed, was stopped or ran out of time can be redriven when the server says so", () => {
  for (const status of ["FAILED", "ABORTED", "TIMED_OUT"])
    expect(whyNotRedriven(of("REDRIVABLE"), status)).toBeNull();
});

test("what runs or succeeded says so at once, before the description is read again", () => {
  expect(whyNotRedriven(of("REDRIVABLE"), "RUNNING")).toMatch(/still runs/);
  expect(whyNotRedriven(of("REDRIVABLE"), "SUCCEEDED")).toMatch(/nothing to redrive/);
});

test("the service's reasons are told in our words, and unknown ones as they are", () => {
  const why = (reason: string) => whyNotRedriven(of("NOT_REDRIVABLE", reason), "FAILED");
  expect(why("Execution redrivable period exceeded")).toMatch(/14 days/);
  expect(why("Something new")).toBe("Something new");
  expect(whyNotRedriven(of("REDRIVABLE_BY_MAP_RUN"), "FAILED")).toMatch(/Map Run/);
});
