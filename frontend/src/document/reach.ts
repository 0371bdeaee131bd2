import { transitionsOf, type StateAt } from "@/asl/walk.ts";

/** The names of the states that can be come to from some, those included, without passing through one of them. */
export function reachedFrom(
  states: readonly StateAt[],
  from: readonly string[],
  without: string | null = null,
): Set<string> {
  const out = new Map(states.map((at) => [at.name, transitionsOf(at.state).map(({ target }) => target)]));
  const known = (name: string) => name !== without && out.has(name);
  const seen = new Set<string>();
  const agenda = from.filter(known);
  for (let at = agenda.pop(); at !== undefined; at = agenda.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    agenda.push(...(out.get(at) ?? []).filter(known));
  }
  return seen;
}
