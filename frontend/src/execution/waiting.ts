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
function openLeaves(model: Model): Visit[] {
  const found: Visit[] = [];
  for (const number of model.open) {
    const visit = model.visits[number];
    if (visit && !visit.children) found.push(visit);
  }
  return found.sort((one, other) => one.number - other.number);
}

/** The same by the state's name: a Map's iterations are in one state together. */
export function openByName(model: Model): Map<string, Visit[]> {
  const byName = new Map<string, Visit[]>();
  for (const visit of openLeaves(model)) {
    const known = byName.get(visit.name);
    if (known) known.push(visit);
    else byName.set(visit.name, [visit]);
  }
  return byName;
}

/** The state that moved last of those: what a reader who follows wants to see. */
export function newestLive(model: Model): Visit | null {
  return openLeaves(model).at(-1) ?? null;
}
