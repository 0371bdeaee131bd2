import { describe, expect, test } from "vitest";
import type { Entry } from "./entry.ts";
import { fold } from "./fold.ts";
import { emptyModel, type Model, type Visit } from "./model.ts";
import { at, foldInChunks, machine, randomFrom, Script } from "./testing.ts";

function folded(script: Script): Model {
  return fold(emptyModel(), script.entries);
}

function visitOf(model: Model, name: string): Visit {
  const found = model.visits.findLast((visit) => visit.name === name);
  if (found === undefined) throw new Error(`${name} was never entered`);
  return found;
}

const statusOf = (script: Script, name: string) => visitOf(folded(script), name).status;

describe("a task state", () => {
  const ask = at("Ask");

  test("is queued until a worker claims it, then runs, then succeeds with its output", () => {
    const script = new Script().start().enter("Task", ask, { q: 1 });
    script.event("TaskScheduled", ask, { resource: "invoke", resourceType: "http", parameters: '{"a":1}' });
    expect(statusOf(script, "Ask")).toBe("queued");
    script
      .after(1)
      .note("AttemptClaimed", ask, { attempt: 1, claim: 1, worker: "w1" })
      .event("TaskStarted", ask);
    expect(statusOf(script, "Ask")).toBe("running");
    script.after(2).event("TaskSucceeded", ask, { output: "42" }).exit("Task", ask, 42);
    script.event("ExecutionSucceeded", machine, { output: "42" });
    const model = folded(script);
    const visit = visitOf(model, "Ask");
    expect(visit).toMatchObject({ status: "succeeded", input: '{"q":1}', output: "42" });
    expect(visit.attempts).toMatchObject([
      {
        number: 1,
        outcome: "succeeded",
        worker: "w1",
        resource: "http:invoke",
        input: '{"a":1}',
        output: "42",
      },
    ]);
    expect(model).toMatchObject({ status: "SUCCEEDED", output: "42", transitions: 1 });
  });

  test("that fails and will be tried again says which attempt of how many, and when", () => {
    const script = new Script()
      .start()
      .enter("Task", ask)
      .attempt(ask)
      .after(2)
      .fail(ask, "E")
      .retry(ask, 2, 5, 4);
    const visit = visitOf(folded(script), "Ask");
    expect(visit).toMatchObject({ status: "retrying", attemptsAllowed: 5, retryDue: script.now + 4000 });
    expect(visit.attempts).toMatchObject([
      {
        outcome: "failed",
        error: "E",
        cause: "because",
        backoff: { from: script.now, due: script.now + 4000 },
      },
    ]);
    script.after(4).attempt(ask);
    expect(visitOf(folded(script), "Ask")).toMatchObject({ status: "retrying", retryDue: null });
    script.after(1).event("TaskSucceeded", ask, { output: "1" }).exit("Task", ask, 1);
    expect(visitOf(folded(script), "Ask").attempts.map((attempt) => attempt.outcome)).toEqual([
      "failed",
      "succeeded",
    ]);
    expect(statusOf(script, "Ask")).toBe("succeeded");
  });

  test("whose error a Catcher took is shown as caught, and the way on as a caught one", () => {
    const script = new Script().start().enter("Task", ask).attempt(ask).fail(ask, "E").exit("Task", ask);
    script.enter("Pass", at("Mend")).exit("Pass", at("Mend")).event("ExecutionSucceeded", machine);
    const model = folded(script);
    expect(visitOf(model, "Ask")).toMatchObject({ status: "caught", failure: { error: "E" } });
    expect(visitOf(model, "Mend")).toMatchObject({ cameFrom: 0, caughtFrom: true });
  });

  test("that fails the execution is the culprit", () => {
    const script = new Script().start().enter("Task", ask).attempt(ask).fail(ask, "E", "why");
    script.event("ExecutionFailed", machine, { error: "E", cause: "why" });
    const model = folded(script);
    expect(visitOf(model, "Ask")).toMatchObject({ status: "failed", failure: { error: "E", cause: "why" } });
    expect(model).toMatchObject({ status: "FAILED", error: "E", cause: "why", culprit: 0 });
  });

  test("that timed out is shown so", () => {
    const script = new Script()
      .start()
      .enter("Task", ask)
      .attempt(ask)
      .event("TaskTimedOut", ask, { error: "States.Timeout" });
    script.event("ExecutionFailed", machine, { error: "States.Timeout" });
    expect(statusOf(script, "Ask")).toBe("timed-out");
  });

  test("goes back into the queue when its worker is lost", () => {
    const script = new Script()
      .start()
      .enter("Task", ask)
      .attempt(ask)
      .note("ClaimLost", ask, { attempt: 1, claim: 1 });
    const visit = visitOf(folded(script), "Ask");
    expect(visit.status).toBe("queued");
    expect(visit.attempts).toMatchObject([{ outcome: "queued", claimsLost: 1 }]);
    script.note("AttemptClaimed", ask, { attempt: 1, claim: 2, worker: "w2" });
    expect(visitOf(folded(script), "Ask")).toMatchObject({
      status: "running",
      attempts: [{ outcome: "running", worker: "w2" }],
    });
  });

  test("adds its tokens to the execution's", () => {
    const script = new Script().start().enter("Task", ask).attempt(ask);
    script.note("UsageRecorded", ask, {
      attempt: 1,
      input_tokens: 100,
      output_tokens: 7,
      model: "m",
      latency_ms: 12,
    });
    script.event("TaskSucceeded", ask, { output: "1" }).exit("Task", ask, 1);
    script
      .enter("Task", ask)
      .attempt(ask)
      .note("UsageRecorded", ask, { attempt: 1, input_tokens: 20, output_tokens: 3 });
    expect(folded(script).usage).toMatchObject({ inputTokens: 120, outputTokens: 10 });
  });

  test("skipped by hand is skipped, not succeeded", () => {
    const script = new Script()
      .start()
      .enter("Task", ask)
      .attempt(ask)
      .note("StateSkipped", ask, { by: "maya" });
    script.event("TaskSucceeded", ask, { output: "{}" }).exit("Task", ask);
    expect(visitOf(folded(script), "Ask")).toMatchObject({
      status: "skipped",
      acts: [{ what: "skipped", by: "maya" }],
    });
  });
});

test("a state failed by hand between two attempts is caught by its Catcher, as no event says", () => {
  const ask = at("Ask");
  const script = new Script().start().enter("Task", ask).attempt(ask).fail(ask, "E").retry(ask, 2, 5, 600);
  script.note("StateFailedByHand", ask, { by: "maya" }).exit("Task", ask).enter("Pass", at("Mend"));
  const model = folded(script);
  expect(visitOf(model, "Ask")).toMatchObject({ status: "caught", acts: [{ what: "failed", by: "maya" }] });
  expect(visitOf(model, "Mend").caughtFrom).toBe(true);
});

describe("a state that waits", () => {
  test("for time shows the clock, and the new end when somebody moved it", () => {
    const nap = at("Nap");
    const script = new Script().start().enter("Wait", nap);
    expect(statusOf(script, "Nap")).toBe("waiting-time");
    script.note("WaitExtended", nap, { by: "maya", seconds: 60, due: "2026-11-21T10:00:00Z" });
    expect(visitOf(folded(script), "Nap").due).toBe(Date.parse("2026-11-21T10:00:00Z"));
    script.note("RunNow", nap, { by: "maya" }).exit("Wait", nap);
    expect(statusOf(script, "Nap")).toBe("succeeded");
  });

  test("for a person names the recipients, their mails and votes, wherever the notes land", () => {
    const choose = at("Choose");
    const script = new Script()
      .start()
      .enter("Task", choose)
      .attempt(choose)
      .event("TaskSubmitted", choose, { output: "{}" });
    script.note("ApprovalRequested", choose, {
      approval: "a1",
      question: "Which?",
      recipients: ["x@y.z"],
      expires_at: "2026-11-24T09:00:00Z",
    });
    script.note("ApprovalSendFailed", choose, {
      approval: "a1",
      recipient: "x@y.z",
      error: "refused",
      attempt: 1,
    });
    let visit = visitOf(folded(script), "Choose");
    expect(visit.status).toBe("waiting-person");
    expect(visit.approval?.recipients).toMatchObject([{ address: "x@y.z", failure: { error: "refused" } }]);
    script
      .after(60)
      .note("VoteRecorded", choose, { approval: "a1", by: "x@y.z", choice: "approve", how: "link" });
    script.event("TaskSucceeded", choose, { output: "{}" }).exit("Task", choose).enter("Task", choose);
    script.note("ApprovalSent", choose, { approval: "a1", recipient: "x@y.z" });
    const model = folded(script);
    visit = model.visits[0] as Visit;
    expect(visit).toMatchObject({
      status: "succeeded",
      approval: { votes: [{ by: "x@y.z", choice: "approve" }] },
    });
    expect(visit.approval?.recipients).toMatchObject([{ sentAt: script.now, failure: null }]);
    expect(model.visits[1]?.approval).toBeNull();
  });

  test("is aborted when the execution is stopped", () => {
    const script = new Script()
      .start()
      .enter("Wait", at("Nap"))
      .event("ExecutionAborted", machine, { cause: "by hand" });
    const model = folded(script);
    expect(visitOf(model, "Nap").status).toBe("aborted");
    expect(model).toMatchObject({ status: "ABORTED", cause: "by hand" });
  });
});

describe("a Parallel state", () => {
  const both = at("Both");
  const left = at("Left", 1, [["Both", 0]]);
  const right = at("Right", 2, [["Both", 1]]);
  const begun = () =>
    new Script()
      .start()
      .enter("Parallel", both)
      .event("ParallelStateStarted", both)
      .enter("Task", left)
      .attempt(left)
      .enter("Task", right)
      .attempt(right);

  test("holds its branches by index", () => {
    const model = folded(begun());
    expect([...(visitOf(model, "Both").children?.branches.values() ?? [])]).toMatchObject([
      { index: 0, frame: 1 },
      { index: 1, frame: 2 },
    ]);
    expect(model.frames.get(2)).toMatchObject({ container: 0, current: visitOf(model, "Right").number });
  });

  test("that fails has one culprit; what still ran beside it is aborted", () => {
    const script = begun().fail(left, "E", "why");
    const failed = script.lastEvent;
    script.event("TaskStateAborted", right).event("ParallelStateFailed", both, null, failed);
    script.event("ExecutionFailed", machine, { error: "E", cause: "why" });
    const model = folded(script);
    expect(visitOf(model, "Left").status).toBe("failed");
    expect(visitOf(model, "Right").status).toBe("aborted");
    expect(visitOf(model, "Both")).toMatchObject({ status: "failed", failure: { error: "E", cause: "why" } });
    expect(model.culprit).toBe(visitOf(model, "Left").number);
  });

  test("whose failure is caught is caught itself, and the Fail state inside stays red", () => {
    const end = at("End", 1, [["Both", 0]]);
    const script = new Script()
      .start()
      .enter("Parallel", both)
      .event("ParallelStateStarted", both)
      .enter("Fail", end);
    script.event("ParallelStateFailed", both).exit("Parallel", both).event("ExecutionSucceeded", machine);
    const model = folded(script);
    expect(visitOf(model, "Both").status).toBe("caught");
    expect(visitOf(model, "End").status).toBe("failed");
  });

  test("tried again starts with new branches", () => {
    const script = begun().fail(left, "E").retry(both, 2, 3, 1);
    expect(visitOf(folded(script), "Both").status).toBe("retrying");
    expect(visitOf(folded(script), "Right").status).toBe("aborted");
    const again = at("Left", 3, [["Both", 0]]);
    script.after(1).event("ParallelStateStarted", both).enter("Task", again).attempt(again);
    const visit = visitOf(folded(script), "Both");
    expect(visit.attempts).toHaveLength(2);
    expect([...(visit.children?.branches.values() ?? [])].map((branch) => branch.frame)).toEqual([3]);
  });
});

describe("a Map state", () => {
  const each = at("Each");
  const item = (index: number) => at("Item", index + 1, [["Each", index]]);

  test.each(["the iteration's own frame", "the Map state's frame"])(
    "counts its iterations, told in %s",
    (told) => {
      const place = (index: number) => (told.startsWith("the iter") ? item(index) : each);
      const script = new Script().start().enter("Map", each).event("MapStateStarted", each, { length: 4 });
      for (const index of [0, 1, 2]) {
        script.event("MapIterationStarted", place(index), { name: "Each", index });
        script.enter("Pass", item(index));
      }
      script.exit("Pass", item(0)).event("MapIterationSucceeded", place(0), { name: "Each", index: 0 });
      script.event("MapIterationFailed", place(1), { name: "Each", index: 1 }, 7);
      const model = folded(script);
      const { children } = visitOf(model, "Each");
      expect(children).toMatchObject({ total: 4, succeeded: 1, failed: 1, aborted: 0 });
      expect([...(children?.running ?? [])]).toEqual([2]);
      expect(model.visits.filter((visit) => visit.name === "Item").map((visit) => visit.status)).toEqual([
        "succeeded",
        "failed",
        "running",
      ]);
      script.event("MapStateFailed", each).event("ExecutionFailed", machine, { error: "E" });
      expect(visitOf(folded(script), "Each").children).toMatchObject({ aborted: 1 });
    },
  );
});

test("folding in chunks of any size gives the same model", () => {
  const random = randomFrom(914);
  for (let round = 0; round < 50; round += 1) {
    const script = wander(random);
    const whole = folded(script);
    expect(foldInChunks(script.entries, random)).toEqual(whole);
  }
});

/** A run through tasks, retries, waits and a Map that goes another way each time. */
function wander(random: () => number): Script {
  const script = new Script().start();
  for (let step = 0; step < 12; step += 1) {
    const where = at(`S${Math.floor(random() * 4)}`);
    if (random() < 0.3) {
      script.enter("Wait", where).after(random()).exit("Wait", where);
      continue;
    }
    script.enter("Task", where).attempt(where);
    if (random() < 0.4) script.fail(where, "E").retry(where, 2, 3, random()).after(1).attempt(where);
    if (random() < 0.3)
      script.note("UsageRecorded", where, { attempt: 1, input_tokens: 3, output_tokens: 1 });
    if (random() < 0.3) script.fail(where, "F");
    else script.event("TaskSucceeded", where, { output: "1" });
    script.exit("Task", where);
  }
  return random() < 0.5 ? script : script.event("ExecutionSucceeded", machine);
}

describe("a gap", () => {
  const script = new Script()
    .start()
    .enter("Pass", at("A"))
    .exit("Pass", at("A"))
    .event("ExecutionSucceeded", machine);

  test("is not folded over: the model says after which entry to ask again", () => {
    const [first, , third] = script.entries as [Entry, Entry, Entry];
    expect(fold(emptyModel(), [first, third]).lastSeq).toBe(1);
  });

  test("never comes from entries that are known already", () => {
    const model = fold(fold(emptyModel(), script.entries.slice(0, 2)), script.entries);
    expect(model).toMatchObject({ lastSeq: 4, status: "SUCCEEDED", transitions: 1 });
  });
});
