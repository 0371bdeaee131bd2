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

/** The state that moved last of those that have not ended: what a reader who follows wants to see. */
export function newestLive(model: Model): Visit | null {
  let found: Visit | null = null;
  for (const number of model.open) {
    const visit = model.visits[number];
    if (visit && !visit.children && (found === null || visit.number > found.number)) found = visit;
  }
  return found;
}
