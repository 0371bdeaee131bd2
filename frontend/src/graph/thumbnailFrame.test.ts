import { expect, it } from "vitest";

import { thumbnailFrame } from "@/graph/thumbnailFrame.ts";

const frameOf = (
  width: number,
  height: number,
  direction: "down" | "right" = "down",
  start = { x: 0, y: 0 },
) => {
  const rects = new Map([["/Start", { ...start, width: 76, height: 24 }]]);
  const { x, y, scale } = thumbnailFrame({ width, height, direction, rects });
  return { x, y, scale };
};

it("puts a tall graph into the middle, scaled to fit", () => {
  expect(frameOf(224, 1260)).toEqual({ x: 138.8, y: 13, scale: 0.1 });
});

it("does not blow up a small graph", () => {
  expect(frameOf(200, 100)).toEqual({ x: 130, y: 66, scale: 0.2 });
});

it("shows the beginning of a graph that could only be seen as a hair", () => {
  expect(frameOf(1000, 96_000, "down", { x: 462, y: 0 })).toEqual({ x: 122.5, y: 13, scale: 0.055 });
  expect(frameOf(96_000, 1000, "right", { x: 0, y: 488 })).toEqual({ x: 13, y: 48.5, scale: 0.055 });
});

it("keeps the start in sight where a graph is both long and wide", () => {
  expect(frameOf(20_000, 96_000, "down", { x: 962, y: 0 })).toEqual({ x: 95, y: 13, scale: 0.055 });
});
