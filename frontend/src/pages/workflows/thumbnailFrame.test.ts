import { expect, it } from "vitest";
import { thumbnailFrame } from "./thumbnailFrame.ts";

it("puts a tall graph into the middle, scaled to fit", () => {
  expect(thumbnailFrame({ width: 224, height: 1260 }, 300, 152)).toBe("translate(138.8 13) scale(0.1)");
});

it("does not blow up a small graph", () => {
  expect(thumbnailFrame({ width: 200, height: 100 }, 300, 152)).toBe("translate(130 66) scale(0.2)");
});
