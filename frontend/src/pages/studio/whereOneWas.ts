import type { View } from "@/canvas/useViewport.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { startHistory, type History } from "@/document/history.ts";
import { sameLayout } from "@/document/layout.ts";

interface Place {
  readonly history: History;
  readonly selected: readonly string[];
  readonly view: View | null;
}

/* Who runs a draft, or looks at its code, and comes back goes on where they were: for as long as this tab lives, what
   can be undone, what is selected and what is in view are kept for the workflows that were drawn last. */
const MOST_WORKFLOWS = 8;
const places = new Map<string, Place>();

export function keepHistory(workflow: string, history: History): void {
  keep(workflow, { selected: [], view: null, ...places.get(workflow), history });
}

export function keepSelected(workflow: string, selected: readonly string[]): void {
  const place = places.get(workflow);
  if (place) keep(workflow, { ...place, selected });
}

export function keepView(workflow: string, view: View): void {
  const place = places.get(workflow);
  if (place) keep(workflow, { ...place, view });
}

/** The history that ends in `document`, or a new one: a draft that was changed elsewhere has no way back here. */
export function historyOf(workflow: string, document: WorkflowDocument): History {
  const place = places.get(workflow);
  const history = place && isSame(place.history.present, document) ? place.history : startHistory(document);
  keepHistory(workflow, history);
  return history;
}

export function selectedIn(workflow: string): readonly string[] {
  return places.get(workflow)?.selected ?? [];
}

export function viewIn(workflow: string): View | null {
  return places.get(workflow)?.view ?? null;
}

function keep(workflow: string, place: Place): void {
  places.delete(workflow);
  places.set(workflow, place);
  for (const oldest of places.keys()) {
    if (places.size <= MOST_WORKFLOWS) return;
    places.delete(oldest);
  }
}

function isSame(one: WorkflowDocument, other: WorkflowDocument): boolean {
  return one.text === other.text && sameLayout(one.layout, other.layout);
}
