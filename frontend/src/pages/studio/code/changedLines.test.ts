import { describe, expect, it } from "vitest";

import { changedLines } from "./changedLines.ts";

const marked = (lines: { text: string; changed: boolean }[]) =>
  lines.filter(({ changed }) => changed).map(({ text }) => text);

describe("the lines two people changed", () => {
  it("marks what one has and the other has not, and nothing around it", () => {
    const { theirs, mine } = changedLines("a\nb\nc\nd", "a\nx\nc\ny\nd");
    expect(marked(theirs)).toEqual(["b"]);
    expect(marked(mine)).toEqual(["x", "y"]);
  });

  it("marks nothing in equal texts", () => {
    const { theirs, mine } = changedLines("a\nb", "a\nb");
    expect([...marked(theirs), ...marked(mine)]).toEqual([]);
  });
});
