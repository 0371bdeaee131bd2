import { expect, it } from "vitest";

import { rename } from "@/document/commands/rename.ts";
import { openDocument, readLayout } from "@/document/document.ts";
import { pinnable, pinsInForce, pinsOf, withoutPin, withPins } from "./pins.ts";

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
  expect(pinsOf(rename(document, ["States", "A"], "C").layout)).toEqual({ C: 1 });
  expect(pinsOf(rename(document, ["States", "B"], "C").layout)).toEqual({ A: 1 });
});

it("a trial is given the pins of states that are there and do work", () => {
  const document = withPins(openDocument(text), { A: 1, B: 2, Gone: 3 });
  expect(pinsInForce(document)).toEqual({ A: 1 });
});

it("what does no work cannot be pinned", () => {
  expect(pinnable(openDocument(text))).toEqual(["A"]);
});
