import { expect, test } from "vitest";

import { dueOf } from "./due.ts";
import { fold } from "./fold.ts";
import { emptyModel, type Visit } from "./model.ts";
import { at, Script } from "./testing.ts";

const nap = at("Nap");

function known(script: Script, seconds: number) {
  return { frame: 0, state: "Nap", due: new Date(script.now + seconds * 1000).toISOString() };
}

function lastVisit(script: Script): Visit {
  return fold(emptyModel(), script.entries).visits.at(-1) as Visit;
}

test("a Wait ends when the server says, before what its definition promises", () => {
  const script = new Script().start().enter("Wait", nap);
  expect(dueOf(lastVisit(script), { Seconds: 9 }, [known(script, 2)])).toBe(script.now + 2000);
  expect(dueOf(lastVisit(script), { Seconds: 9 }, [])).toBe(script.now + 9000);
});

test("in a loop the end of the visit before is not taken for that of this one", () => {
  const script = new Script().start().enter("Wait", nap);
  const first = known(script, 2);
  script.after(2).exit("Wait", nap).after(1).enter("Wait", nap);
  expect(dueOf(lastVisit(script), { Seconds: 2 }, [first])).toBe(script.now + 2000);
  expect(dueOf(lastVisit(script), { Seconds: "{% 1 + 1 %}" }, [first])).toBeNull();
  expect(dueOf(lastVisit(script), null, [first, known(script, 2)])).toBe(script.now + 2000);
});
