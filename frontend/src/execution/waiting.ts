import type { Model, Visit } from "./model.ts";

/** What an execution as a whole waits for: a person before a moment, and neither while anything works. */
export function waitingFor(model: Model): "person" | "time" | null {
  let found: "person" | "time" | null = null;
  for (const number of model.open) {
    const visit = model.visits[number];
    if (visit === undefined || visit.children) continue;
    if (visit.status === "waiting-person") found = "person";
    else if (visit.status === "waiting-time") found ??= "time";
    else return null;
  }
  return found;
}

/** The states that have not ended and hold no others, in the order in which they were entered. */
export function openLeaves(model: Model): Visit[] {
  const found: Visit[] = [];
  for (const number of model.open) {
    const visit = model.visits[number];
    if (visit && !visit.children) found.push(visit);
  }
  return found.sort((one, other) => one.number - other.number);
}

/** The state that moved last of those: what a reader who follows wants to see. */
export function newestLive(model: Model): Visit | null {
  return openLeaves(model).at(-1) ?? null;
}
