import { isObject, type Json } from "@/asl/types.ts";
import { typeOf, allStates } from "@/asl/walk.ts";
import { inLayout, type Layout, type WorkflowDocument } from "@/document/document.ts";

/** Outputs by state that a trial hands on instead of doing the work. What is published never has any. */
export type Pins = Readonly<Record<string, Json>>;

export function pinsOf(layout: Layout): Pins {
  const found = (layout as Layout & { pins?: Json }).pins;
  return isObject(found) ? found : {};
}

/** The document with these pins and no others; none at all leave nothing behind. */
export function withPins(document: WorkflowDocument, pins: Pins): WorkflowDocument {
  const { pins: _before, ...rest } = document.layout as Layout & { pins?: Json };
  return inLayout(document, (Object.keys(pins).length ? { ...rest, pins } : rest) as Layout);
}

export function withoutPin(pins: Pins, state: string): Pins {
  const { [state]: _gone, ...rest } = pins;
  return rest;
}

/** The document after a state got another name: its pin goes with it. */
export function renamePin(document: WorkflowDocument, old: string, name: string): WorkflowDocument {
  const pins = pinsOf(document.layout);
  const value = pins[old];
  return value === undefined ? document : withPins(document, { ...withoutPin(pins, old), [name]: value });
}

/** The states whose work a given output can stand for. */
export function pinnable(document: WorkflowDocument): string[] {
  return allStates(document.definition)
    .filter(({ state }) => ["Task", "Parallel", "Map"].includes(typeOf(state) ?? ""))
    .map(({ name }) => name);
}
