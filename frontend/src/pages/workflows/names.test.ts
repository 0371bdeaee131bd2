import { expect, it } from "vitest";
import { asName, copyName, freeName, nameProblem, titleOf } from "./names.ts";

it("says what to change in a name that the service would refuse", () => {
  expect(nameProblem("title-chooser_2.b")).toBeNull();
  expect(nameProblem("")).toBe("Write a name.");
  expect(nameProblem("two words")).toContain("without spaces");
  expect(nameProblem("a/b")).toBe("Leave out / from the name.");
  expect(nameProblem("x".repeat(83))).toContain("by 3");
});

it("makes names of titles and files", () => {
  expect(asName("Title chooser")).toBe("title-chooser");
  expect(asName("Poll a job.asl.json")).toBe("poll-a-job");
  expect(asName(" (Übung) ")).toBe("übung");
});

it("names copies and avoids what is taken", () => {
  expect(copyName("a")).toBe("a-copy");
  expect(copyName("a-copy")).toBe("a-copy-2");
  expect(copyName("a-copy-2")).toBe("a-copy-3");
  expect(freeName("a", new Set(["a", "a-2"]))).toBe("a-3");
  expect(freeName("b", new Set(["a"]))).toBe("b");
});

it("writes a template's slug as a title where it has none", () => {
  expect(titleOf({ name: "title-chooser", slug: "title-chooser" })).toBe("Title chooser");
  expect(titleOf({ name: "Poll a job", slug: "poll" })).toBe("Poll a job");
});
