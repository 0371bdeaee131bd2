import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { alignedRows, folds } from "./alignedRows.ts";
import { differenceOf, inWords, marksOf } from "./difference.ts";

const machine = (states: JsonObject, more: JsonObject = {}): JsonObject => ({
  StartAt: "A",
  States: states,
  ...more,
});

describe("comparing two definitions", () => {
  it("finds what was added, removed and changed, with the fields", () => {
    const before = machine({ A: { Type: "Pass", Next: "B" }, B: { Type: "Wait", Seconds: 1, End: true } });
    const after = machine({ A: { Type: "Pass", Next: "C" }, C: { Type: "Pass", End: true } });
    const found = differenceOf(before, after);
    expect(found.states).toEqual([
      { name: "A", kind: "changed", fields: ["Next"] },
      { name: "C", kind: "added", fields: [] },
      { name: "B", kind: "removed", fields: [] },
    ]);
    expect(inWords(found)).toBe("1 added, 1 removed, 1 changed");
    expect([...marksOf(found, "before")]).toEqual([
      ["A", "changed"],
      ["B", "removed"],
    ]);
    expect([...marksOf(found, "after")]).toEqual([
      ["A", "changed"],
      ["C", "added"],
    ]);
  });

  it("takes a change inside a branch for one of the state inside alone", () => {
    const around = (seconds: number): JsonObject =>
      machine({
        A: {
          Type: "Parallel",
          End: true,
          Branches: [{ StartAt: "In", States: { In: { Type: "Wait", Seconds: seconds, End: true } } }],
        },
      });
    expect(differenceOf(around(1), around(2)).states).toEqual([
      { name: "In", kind: "changed", fields: ["Seconds"] },
    ]);
  });

  it("sees that a state moved into a branch", () => {
    const inside = machine({
      A: {
        Type: "Map",
        End: true,
        ItemProcessor: { StartAt: "B", States: { B: { Type: "Pass", End: true } } },
      },
    });
    const beside = machine({
      A: { Type: "Map", Next: "B", ItemProcessor: { StartAt: "B", States: {} } },
      B: { Type: "Pass", End: true },
    });
    expect(differenceOf(inside, beside).states).toContainEqual({
      name: "B",
      kind: "changed",
      fields: ["where it stands"],
    });
  });

  it("says nothing of the order of fields, and tells the machine's own fields", () => {
    const before = machine({ A: { Type: "Pass", End: true } }, { Comment: "one" });
    const after = machine({ A: { End: true, Type: "Pass" } }, { Comment: "two" });
    expect(differenceOf(before, after)).toEqual({ states: [], machine: ["Comment"] });
    expect(inWords(differenceOf(before, before))).toBe("no state differs");
  });
});

describe("lines beside each other", () => {
  it("puts what is the same into one row, and what replaces something beside it", () => {
    const rows = alignedRows("a\nb\nc", "a\nB\nc\nd");
    expect(rows.map(({ kind, before, after }) => [kind, before?.text ?? null, after?.text ?? null])).toEqual([
      ["same", "a", "a"],
      ["changed", "b", "B"],
      ["same", "c", "c"],
      ["added", null, "d"],
    ]);
    expect(rows.at(-1)?.after?.number).toBe(4);
  });

  it("folds what is the same for long and keeps three lines round a change", () => {
    const text = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    const changed = text.with(20, "other");
    const found = folds(alignedRows(text.join("\n"), changed.join("\n")));
    expect(found.map(({ folded, from, to }) => [folded, to - from])).toEqual([
      [true, 17],
      [false, 7],
      [true, 16],
    ]);
  });

  it("folds two equal texts whole", () => {
    expect(folds(alignedRows("a\nb", "a\nb"))).toEqual([{ from: 0, to: 2, folded: true }]);
  });
});
