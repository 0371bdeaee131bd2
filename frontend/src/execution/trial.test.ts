import { expect, it } from "vitest";

import { readTrial, trialInWords } from "./trial.ts";

it("a layout says what was tried", () => {
  const trial = readTrial({ positions: {}, trial: { until: "Score", from: null, pinned: ["A", "B"] } });
  expect(trial).toEqual({ until: "Score", from: null, pinned: ["A", "B"] });
  expect(trial && trialInWords(trial)).toBe("up to “Score”, 2 pinned");
});

it("an execution of the whole is no trial", () => {
  expect(readTrial({ positions: {} })).toBeNull();
  expect(readTrial(null)).toBeNull();
});
