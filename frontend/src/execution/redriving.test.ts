import { describe, expect, test } from "vitest";
import { fold } from "./fold.ts";
import { emptyModel, type Model, type Visit } from "./model.ts";
import { at, foldInChunks, machine, randomFrom, Script } from "./testing.ts";
import { triesOf } from "./words.ts";

function folded(script: Script): Model {
  return fold(emptyModel(), script.entries);
}

function visitOf(script: Script, name: string): Visit {
  const found = folded(script).visits.findLast((visit) => visit.name === name);
  if (found === undefined) throw new Error(`${name} was never entered`);
  return found;
}

function redrive(script: Script, count = 1): Script {
  return script
    .after(60)
    .event("ExecutionRedriven", machine, { redriveCount: count })
    .note("RedriveAsked", at("Ask"), { by: "eva", token: null });
}

const ask = at("Ask");
const failed = () =>
  new Script()
    .start()
    .enter("Task", ask)
    .attempt(ask)
    .fail(ask, "E")
    .event("ExecutionFailed", machine, { error: "E", cause: "because" });

describe("a redriven execution", () => {
  test("runs again, without the failure it had, and counts its redrives", () => {
    const script = redrive(failed());
    expect(folded(script)).toMatchObject({
      status: "RUNNING",
      error: null,
      cause: null,
      stoppedAt: null,
      culprit: null,
      redrives: 1,
    });
  });

  test("takes a failed task up in the same visit, and its attempts are counted anew", () => {
    const script = redrive(failed());
    expect(visitOf(script, "Ask")).toMatchObject({ status: "queued", endedAt: null, failure: null });
    script.attempt(ask);
    const running = visitOf(script, "Ask");
    expect(running.status).toBe("running");
    expect(running.attempts.map((attempt) => attempt.outcome)).toEqual(["failed", "running"]);
    expect(triesOf(running)).toBeNull();
    script.fail(ask, "E").retry(ask, 2, 3, 5);
    const retrying = visitOf(script, "Ask");
    expect([retrying.status, triesOf(retrying)]).toEqual(["retrying", "1/3"]);
    expect(retrying.attempts.map((attempt) => attempt.backoff === null)).toEqual([true, false]);
    expect(retrying.attempts.map(({ number, redrive: of }) => [number, of])).toEqual([
      [1, 0],
      [1, 1],
    ]);
    script.after(5).attempt(ask).event("TaskSucceeded", ask, { output: "1" }).exit("Task", ask, 1);
    script.event("ExecutionSucceeded", machine, { output: "1" });
    const model = folded(script);
    expect(model.visits).toHaveLength(1);
    expect(model.visits[0]).toMatchObject({ status: "succeeded", output: "1" });
    expect([...model.open]).toEqual([]);
    expect(model.visits[0]?.entries).not.toContain(folded(redrive(failed())).lastSeq);
  });

  test("that was stopped waits for time where it waited for it", () => {
    const rest = at("Rest");
    const script = new Script().start().enter("Wait", rest).event("WaitStateAborted", rest);
    script.event("ExecutionAborted", machine);
    expect(visitOf(script, "Rest").status).toBe("aborted");
    expect(visitOf(redrive(script), "Rest").status).toBe("waiting-time");
  });

  test("enters a Fail state again", () => {
    const end = at("End");
    const script = new Script().start().enter("Fail", end).event("ExecutionFailed", machine, { error: "E" });
    redrive(script).enter("Fail", end).event("ExecutionFailed", machine, { error: "E" });
    const model = folded(script);
    expect(model.visits.map((visit) => visit.status)).toEqual(["failed", "failed"]);
    expect([...(model.frames.get(0)?.taken ?? [])]).toEqual([]);
  });

  test("leaves what was done as it is and opens the branches that were not", () => {
    const both = at("Both");
    const good = at("Good", 1, [["Both", 0]]);
    const bad = at("Bad", 2, [["Both", 1]]);
    const slow = at("Slow", 3, [["Both", 2]]);
    const script = new Script().start().enter("Parallel", both).event("ParallelStateStarted", both);
    script.enter("Pass", good).exit("Pass", good).enter("Task", bad).attempt(bad).enter("Wait", slow);
    script.fail(bad, "E").event("TaskStateAborted", bad).event("WaitStateAborted", slow);
    script.event("ParallelStateFailed", both).event("ExecutionFailed", machine, { error: "E" });
    redrive(script);
    expect(visitOf(script, "Both")).toMatchObject({ status: "running", endedAt: null });
    expect(visitOf(script, "Both").attempts.map((attempt) => attempt.outcome)).toEqual(["failed", "running"]);
    expect(["Good", "Bad", "Slow"].map((name) => visitOf(script, name).status)).toEqual([
      "succeeded",
      "queued",
      "waiting-time",
    ]);
    script.attempt(bad).event("TaskSucceeded", bad, { output: "1" }).exit("Task", bad, 1).exit("Wait", slow);
    script.event("ParallelStateSucceeded", both).exit("Parallel", both);
    script.event("ExecutionSucceeded", machine);
    expect(folded(script).visits.map((visit) => visit.status)).toEqual(Array(4).fill("succeeded"));
  });

  test("counts only the iterations of a Map that still run", () => {
    const each = at("Each");
    const item = (index: number) => at("Item", index + 1, [["Each", index]]);
    const script = new Script().start().enter("Map", each).event("MapStateStarted", each, { length: 4 });
    for (const index of [0, 1, 2]) {
      script.event("MapIterationStarted", each, { name: "Each", index });
      script.enter("Task", item(index)).attempt(item(index));
    }
    script.exit("Task", item(0)).event("MapIterationSucceeded", each, { name: "Each", index: 0 });
    script.fail(item(1), "E").event("MapIterationFailed", each, { name: "Each", index: 1 });
    script.event("TaskStateAborted", item(2)).event("MapIterationAborted", each, { name: "Each", index: 2 });
    script.event("MapStateFailed", each).event("ExecutionFailed", machine, { error: "E" });
    expect(visitOf(script, "Each").children).toMatchObject({ succeeded: 1, failed: 1, aborted: 1 });
    redrive(script);
    const { children } = visitOf(script, "Each");
    expect(children).toMatchObject({ total: 4, succeeded: 1, failed: 0, aborted: 0 });
    expect([...(children?.running ?? [])]).toEqual([1, 2]);
    script.attempt(item(1)).exit("Task", item(1));
    script.event("MapIterationSucceeded", each, { name: "Each", index: 1 });
    expect(visitOf(script, "Each").children).toMatchObject({ succeeded: 2, failed: 0, aborted: 0 });
    expect(foldInChunks(script.entries, randomFrom(7))).toEqual(folded(script));
  });

  test("begins a container that waited for its next attempt with new branches", () => {
    const both = at("Both");
    const old = at("Left", 1, [["Both", 0]]);
    const script = new Script().start().enter("Parallel", both).event("ParallelStateStarted", both);
    script.enter("Task", old).attempt(old).fail(old, "E").retry(both, 2, 3, 60);
    script.event("ParallelStateAborted", both).event("ExecutionAborted", machine);
    redrive(script).event("ParallelStateStarted", both);
    const fresh = at("Left", 2, [["Both", 0]]);
    script.enter("Task", fresh).attempt(fresh);
    const model = folded(script);
    expect(model.visits.map((visit) => visit.status)).toEqual(["running", "failed", "running"]);
    expect(model.visits[0]?.attempts.map((attempt) => attempt.outcome)).toEqual(["failed", "running"]);
  });
});
