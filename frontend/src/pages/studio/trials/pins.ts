import type { Json } from "@/asl/types.ts";
import { typeOf, allStates } from "@/asl/walk.ts";
import { inLayout, withLayout, type Layout, type WorkflowDocument } from "@/document/document.ts";

/** Outputs by state that a trial hands on instead of doing the work. What is published never has any. */
export type Pins = Readonly<Record<string, Json>>;

export function pinsOf(layout: Layout): Pins {
  return layout.pins ?? NONE;
}

const NONE: Pins = {};

/** What a trial is given: the pins of states that are there and do work. */
export function pinsInForce(document: WorkflowDocument): Pins {
  const works = new Set(pinnable(document));
  return Object.fromEntries(Object.entries(pinsOf(document.layout)).filter(([name]) => works.has(name)));
}

/** The document with these pins and no others; none at all leave nothing behind. */
export function withPins(document: WorkflowDocument, pins: Pins): WorkflowDocument {
  return inLayout(document, withLayout(document.layout, { pins }));
}

export function withoutPin(pins: Pins, state: string): Pins {
  const { [state]: _gone, ...rest } = pins;
  return rest;
}

/** The states whose work a given output can stand for. */
export function pinnable(document: WorkflowDocument): string[] {
  return allStates(document.definition)
    .filter(({ state }) => ["Task", "Parallel", "Map"].includes(typeOf(state) ?? ""))
    .map(({ name }) => name);
}
