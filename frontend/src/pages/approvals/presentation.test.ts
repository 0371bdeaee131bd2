import { expect, it } from "vitest";
import { isAsked, present } from "./presentation.ts";

it("puts what belongs to an answer onto its card, and says it once", () => {
  const { answers, facts } = present({
    choices: [
      { value: "A", label: "Title A", description: "The lamps" },
      { value: "Again", label: "Again", description: "Two new titles" },
    ],
    details: { "title a": "The lamps", Description: "A harbour" },
  });
  expect(answers).toEqual([
    { value: "A", heading: "Title A", what: "The lamps", then: "" },
    { value: "Again", heading: "", what: "Again", then: "Two new titles" },
  ]);
  expect(facts).toEqual([["Description", "A harbour"]]);
});

it("folds what is long or made of parts, and lists the rest", () => {
  const { facts, folds } = present({
    choices: [],
    details: { urgent: true, risk: 0.2, letter: "x".repeat(101), parts: { a: 1 } },
  });
  expect(facts).toEqual([
    ["urgent", "yes"],
    ["risk", "0.2"],
  ]);
  expect(folds.map(({ title, data }) => [title, data])).toEqual([
    ["letter", false],
    ["parts", true],
  ]);
});

it("opens a short text at once and shows nothing where there is nothing", () => {
  expect(present({ choices: [], details: "Four in the morning." }).folds[0]).toMatchObject({ open: true });
  for (const details of [null, "", [], {}]) expect(present({ choices: [], details }).folds).toEqual([]);
});

it("waits for you only where you were asked, not wherever you may decide", () => {
  const asked = (address: string) => ({
    recipients: [{ address, name: null, sent_at: null, send_error: null, attempts: 1 }],
  });
  expect(isAsked(asked("Maya@example.org"), "maya@example.org")).toBe(true);
  expect(isAsked(asked("reviewer@example.org"), "maya@example.org")).toBe(false);
  expect(isAsked({ recipients: [] }, "")).toBe(false);
});
