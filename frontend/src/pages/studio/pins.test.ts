import { expect, it } from "vitest";

import { openDocument, readLayout } from "@/document/document.ts";
import { pinnable, pinsOf, renamePin, withoutPin, withPins } from "./pins.ts";

const text = JSON.stringify({
  StartAt: "A",
  States: { A: { Type: "Task", Resource: "x", Next: "B" }, B: { Type: "Pass", End: true } },
});

it("pins are kept beside the definition and never in it", () => {
  const document = withPins(openDocument(text, readLayout({ positions: { A: { x: 1, y: 2 } } })), { A: [1] });
  expect(pinsOf(document.layout)).toEqual({ A: [1] });
  expect(document.text).toBe(text);
  expect(readLayout(JSON.parse(JSON.stringify(document.layout)))).toEqual(document.layout);
});

it("the last pin leaves nothing behind", () => {
  const document = openDocument(text);
  const pinned = withPins(document, { A: null });
  expect(withPins(pinned, withoutPin(pinsOf(pinned.layout), "A")).layout).toEqual(document.layout);
});

it("a pin goes with its state's name", () => {
  const document = withPins(openDocument(text), { A: 1 });
  expect(pinsOf(renamePin(document, "A", "C").layout)).toEqual({ C: 1 });
  expect(renamePin(document, "B", "C")).toBe(document);
});

it("what does no work cannot be pinned", () => {
  expect(pinnable(openDocument(text))).toEqual(["A"]);
});
