import { expect, test } from "vitest";

import { findShortcuts, SHORTCUTS } from "./shortcuts.ts";

test("keys stand under what one is about to do, and none twice in a group", () => {
  expect(SHORTCUTS.map(({ title }) => title)).toEqual([
    "Drawing",
    "Arranging",
    "Selecting",
    "View",
    "Running",
    "Code",
  ]);
  for (const { all } of SHORTCUTS) expect(new Set(all.map(({ keys }) => keys)).size).toBe(all.length);
});

test("keys are found by any word of what they do, by the key, and by the group", () => {
  const acts = (words: string) => findShortcuts(words).flatMap(({ all }) => all.map(({ act }) => act));
  expect(acts("tidy")).toEqual(["Tidy up the layout"]);
  expect(acts("run pin")).toEqual(["Pin what the selection made in the last run, or unpin"]);
  expect(acts("shift t")).toContain("Run from it, with the last run’s data");
  expect(findShortcuts("no such key")).toEqual([]);
});
