import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";

import { useTyped } from "./useTyped.ts";

function field(at: string) {
  const { result, rerender } = renderHook(({ held }) => useTyped(held), { initialProps: { held: at } });
  return {
    text: () => result.current[0],
    type: (text: string) => act(() => result.current[1](text)),
    told: (held: string) => rerender({ held }),
  };
}

it("loses no letter while what holds the text is behind", () => {
  const { text, type, told } = field("");
  for (const typed of ["c", "cu", "cue"]) type(typed);
  told("c");
  expect(text()).toBe("cue");
  type("cues");
  // One step may be left out on the way.
  told("cue");
  told("cues");
  expect(text()).toBe("cues");
});

it("follows what changes elsewhere: a link, or another filter that is cleared", () => {
  const { text, type, told } = field("old");
  expect(text()).toBe("old");
  type("older");
  told("older");
  told("");
  expect(text()).toBe("");
  told("old");
  expect(text()).toBe("old");
});

it("takes back what was typed and deleted at once", () => {
  const { text, type, told } = field("");
  type("a");
  type("");
  told("a");
  expect(text()).toBe("");
  told("");
  expect(text()).toBe("");
});
