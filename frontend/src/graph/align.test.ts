import { expect, it } from "vitest";

import { aligned } from "@/graph/align.ts";

const rects = new Map([
  ["a", { x: 0, y: 0, width: 100, height: 40 }],
  ["b", { x: 130, y: 60, width: 60, height: 40 }],
  ["c", { x: 400, y: 200, width: 100, height: 80 }],
]);

it("aligns edges and middles, and leaves out what is there already", () => {
  expect([...aligned(rects, "left")]).toEqual([
    ["b", { x: 0, y: 60 }],
    ["c", { x: 0, y: 200 }],
  ]);
  expect(aligned(rects, "right").get("a")).toEqual({ x: 400, y: 0 });
  expect(aligned(rects, "centre").get("b")).toEqual({ x: 220, y: 60 });
  expect(aligned(rects, "bottom").get("a")).toEqual({ x: 0, y: 240 });
  expect(aligned(rects, "middle").get("c")).toEqual({ x: 400, y: 100 });
});

it("makes distances equal between the first and the last, which stay", () => {
  expect([...aligned(rects, "across")]).toEqual([["b", { x: 220, y: 60 }]]);
  expect([...aligned(rects, "down")]).toEqual([["b", { x: 130, y: 100 }]]);
});

it("leaves a single state alone", () => {
  expect(aligned(new Map([...rects].slice(0, 1)), "left").size).toBe(0);
});
