import { expect, test } from "vitest";
import { fold } from "./fold.ts";
import { emptyModel, type Visit } from "./model.ts";
import { at, Script } from "./testing.ts";
import { footOf, runName } from "./words.ts";

const ask = at("Ask");

function foot(script: Script, due: number | null = null): string {
  const visit = fold(emptyModel(), script.entries).visits.at(-1) as Visit;
  return footOf(visit, script.now, due);
}

test("a card's foot says how long a state runs, and how long it took", () => {
  const script = new Script().start().enter("Task", ask).attempt(ask).after(14.2);
  expect(foot(script)).toBe("14.2 s");
  expect(foot(script.exit("Task", ask).after(60))).toBe("14.2 s");
});

test("it counts attempts, and down to the next one", () => {
  const script = new Script().start().enter("Task", ask).attempt(ask).fail(ask, "E").retry(ask, 2, 5, 90);
  expect(foot(script)).toBe("1/5, in 1 min");
  expect(foot(script.after(87))).toBe("1/5, in 3 s");
  expect(foot(script.after(5))).toBe("1/5, now");
  expect(foot(script.attempt(ask).after(2))).toBe("2/5, 2.0 s");
  expect(foot(script.fail(ask, "E").exit("Task", ask))).toBe("2/5, 1 min 34 s");
});

test("it says what is left of a wait, and how long a person has been awaited", () => {
  const script = new Script().start().enter("Wait", at("Nap"));
  expect(foot(script, script.now + 11_000)).toBe("11 s left");
  expect(foot(script, script.now + 390_000)).toBe("6 min left");
  const asked = new Script().start().enter("Task", ask).attempt(ask);
  asked.note("ApprovalRequested", ask, { approval: "a", recipients: [] }).after(7300);
  expect(foot(asked)).toBe("2 h");
});

test("a run without a name of its own is told by how its id begins", () => {
  expect(runName("6f3a77d9-e691-40f8-b6cd-ddc2caa65547")).toBe("6f3a77d9");
  expect(runName("run 0914")).toBe("run 0914");
});
