import { expect, it } from "vitest";
import { storyOf } from "./story.ts";

it("joins the lines that were only wrapped, and keeps paragraphs and steps apart", () => {
  const text = "One\nparagraph.\n\n1. **Ask** somebody\n   for `it`.\n2. *Go*.\n\nThe end.";
  expect(storyOf(text).map(({ kind, spans }) => [kind, spans.map((span) => span.text).join("|")])).toEqual([
    ["plain", "One paragraph."],
    ["step", "Ask| somebody for |it|."],
    ["step", "Go."],
    ["plain", "The end."],
  ]);
});

it("makes nothing of nothing", () => {
  expect(storyOf("")).toEqual([]);
});
