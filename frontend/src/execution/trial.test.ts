import { expect, it } from "vitest";

import { trialInWords } from "./trial.ts";

it("a trial says where it began and ended, and what was pinned", () => {
  expect(trialInWords({ until: "Score", from: null, pinned: ["A", "B"] })).toBe("up to “Score”, 2 pinned");
  expect(trialInWords({ until: "B", from: "A", pinned: [] })).toBe("from “A”, up to “B”");
  expect(trialInWords({ until: null, from: null, pinned: [] })).toBe("nothing pinned was reached");
});
