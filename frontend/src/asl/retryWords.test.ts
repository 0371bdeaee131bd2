import { expect, it } from "vitest";
import { waitsInWords } from "./retryWords.ts";

it("says the waits that follow from interval, growth and the longest wait", () => {
  expect(waitsInWords({ ErrorEquals: ["States.ALL"] })).toBe("Tries again after 1 s, 2 s, 4 s; 7 s in all.");
  expect(waitsInWords({ IntervalSeconds: 2 })).toBe("Tries again after 2 s, 4 s, 8 s; 14 s in all.");
  expect(waitsInWords({ IntervalSeconds: 30, MaxAttempts: 6, MaxDelaySeconds: 120 })).toBe(
    "Tries again after 30 s, 1 min, 2 min, 2 min … 2 min (6 times); 9 min 30 s in all.",
  );
});

it("says chance, one attempt and none", () => {
  expect(waitsInWords({ JitterStrategy: "FULL", MaxAttempts: 2 })).toBe(
    "Tries again after up to 1 s, 2 s; at most 3 s in all.",
  );
  expect(waitsInWords({ MaxAttempts: 1, IntervalSeconds: 90 })).toBe("Tries again after 1 min 30 s.");
  expect(waitsInWords({ MaxAttempts: 0 })).toBe("Never tries again.");
});

it("says nothing of values that it cannot read, and counts no endless list", () => {
  expect(waitsInWords({ IntervalSeconds: "${pause}" })).toBeNull();
  expect(waitsInWords({ MaxAttempts: 99_999_999, BackoffRate: 1 })).toBe(
    "Tries again after 1 s, 1 s, 1 s, 1 s … 1 s (99999999 times).",
  );
});
