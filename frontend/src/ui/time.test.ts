import { describe, expect, it } from "vitest";
import { ago, bytes, clockTime, duration, fullMoment, left, moment, numeral, roughly } from "./time.ts";

const at = (text: string) => new Date(text).getTime();
const now = at("2026-11-21T10:00:00Z");

describe("durations are said as people say them", () => {
  it.each([
    [300, "0.3 s"],
    [13_400, "13.4 s"],
    [59_949, "59.9 s"],
    [59_960, "1 min"],
    [125_000, "2 min 5 s"],
    [120_000, "2 min"],
    [3_599_700, "1 h"],
    [11_400_000, "3 h 10 min"],
    [194_400_000, "2 days 6 hours"],
    [90_000_000, "1 day 1 hour"],
    [172_800_000, "2 days"],
    [-5, "0.0 s"],
  ])("%d ms is %s", (ms, words) => expect(duration(ms)).toBe(words));

  it.each([
    [28_900, "28 s"],
    [240_000, "4 min"],
    [7_300_000, "2 h"],
    [300_000_000, "3 days"],
    [86_400_000, "1 day"],
  ])("%d ms is roughly %s", (ms, words) => expect(roughly(ms)).toBe(words));
});

describe("moments are said relative to the reader's day", () => {
  it("says today, yesterday, the day, and the year of another year", () => {
    expect(moment("2026-11-21T06:00:00Z", now)).toBe("today, 06:00");
    expect(moment("2026-11-20T18:20:00Z", now)).toBe("yesterday, 18:20");
    expect(moment("2026-11-12T08:41:00Z", now)).toBe("12 Nov, 08:41");
    expect(moment("2025-01-03T08:41:00Z", now)).toBe("3 Jan 2025");
  });

  it("names the zone in full", () => {
    expect(fullMoment("2026-11-24T17:00:00Z")).toBe("Tue 24 Nov 2026, 17:00 UTC");
    expect(clockTime("2026-11-24T07:04:09Z", true)).toBe("07:04:09");
  });

  it("says how long ago and what is left", () => {
    expect(ago("2026-11-21T09:59:48Z", now)).toBe("12 s ago");
    expect(ago("2026-11-21T09:59:59.900Z", now)).toBe("just now");
    expect(left("2026-11-23T16:00:00Z", now)).toBe("in 2 days 6 hours");
    expect(left("2026-11-21T10:00:11.2Z", now)).toBe("in 12 s");
    expect(left("2026-11-21T07:00:00Z", now)).toBe("overdue by 3 h");
  });
});

it("says sizes and numbers", () => {
  expect(bytes(312)).toBe("312 B");
  expect(bytes(1945)).toBe("1.9 KB");
  expect(bytes(2_516_582)).toBe("2.4 MB");
  expect(numeral(2408)).toBe("2,408");
});
