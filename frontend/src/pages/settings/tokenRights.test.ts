import { expect, it } from "vitest";
import { expiry, rightWords, usualRights } from "./tokenRights.ts";

it("ends a token's life so many days from now, or never", () => {
  expect(expiry("30", Date.parse("2026-11-21T10:00:00Z"))).toBe("2026-12-21T10:00:00.000Z");
  expect(expiry("", 0)).toBeNull();
});

it("has words for the usual rights", () => {
  for (const right of usualRights) expect(rightWords.some(({ value }) => value === right)).toBe(true);
});
