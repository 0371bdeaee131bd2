import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { describe, expect, it } from "vitest";

import type { JsonObject, Path } from "@/asl/types.ts";
import { allStates, transitionsOf } from "@/asl/walk.ts";
import { bringIn } from "@/document/commands/nested/bringIn.ts";
import type { Brought } from "@/document/commands/nested/brought.ts";
import {
  extractionOf,
  nestedDocument,
  withTask,
  type Extraction,
} from "@/document/commands/nested/extract.ts";
import { isObstacle } from "@/document/commands/nested/passage.ts";
import { openDocument, withLayout, type Layout, type WorkflowDocument } from "@/document/document.ts";
import { commit, startHistory, undo } from "@/document/history.ts";
import { stateAt } from "@/document/places.ts";

const ARN = "arn:aws:states:us-east-1:000000000001:stateMachine:part";
const at = (...names: string[]): Path => names.flatMap((name) => ["States", name]);
const open = (definition: unknown, layout?: Layout) =>
  openDocument(JSON.stringify(definition, null, 2), layout);

function extraction(document: WorkflowDocument, paths: readonly Path[]): Extraction {
  const found = extractionOf(document.definition, paths);
  if (isObstacle(found)) throw new Error(found.reason);
  return found;
}

function obstacle(document: WorkflowDocument, ...names: string[]): string {
  const found = extractionOf(
    document.definition,
    names.map((name) => pathOf(document, name)),
  );
  if (!isObstacle(found)) throw new Error("nothing is in the way");
  return found.reason;
}

function pathOf(document: WorkflowDocument, name: string): Path {
  const found = allStates(document.definition).find((each) => each.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found.path;
}

function brought(document: WorkflowDocument, task: Path, nested: WorkflowDocument): Brought {
  const found = bringIn(document, task, nested);
  if (isObstacle(found)) throw new Error(found.reason);
  return found;
}

const CHOOSING = {
  QueryLanguage: "JSONata",
  StartAt: "Read",
  States: {
    Read: { Type: "Pass", Assign: { title: "{% $states.input.title %}", n: 1 }, Next: "Score" },
    Score: {
      Type: "Task",
      Resource: "arn:cuelight:states:::model:invoke",
      Arguments: { Prompt: "{% 'Score ' & $title %}" },
      Assign: { score: "{% $states.result.score %}" },
      Catch: [{ ErrorEquals: ["States.ALL"], Assign: { score: 0 }, Next: "Weigh" }],
      Next: "Weigh",
    },
    Weigh: {
      Type: "Choice",
      Choices: [
        { Condition: "{% $score > 5 %}", Next: "Publish" },
        { Condition: "{% $n > 3 %}", Next: "Publish" },
      ],
      Default: "Again",
    },
    Again: { Type: "Pass", Assign: { n: "{% $n + 1 %}" }, Next: "Score" },
    Publish: { Type: "Pass", Output: { score: "{% $score %}", n: "{% $n %}" }, End: true },
  },
};

const PATHS = {
  StartAt: "First",
  States: {
    First: { Type: "Pass", Assign: { "who.$": "$.who" }, Next: "Greet" },
    Greet: {
      Type: "Pass",
      Parameters: { "said.$": "States.Format('Hello {}', $who)" },
      Assign: { "greeted.$": "$" },
      Next: "Which",
    },
    Which: {
      Type: "Choice",
      Choices: [{ Variable: "$.said", IsString: true, Next: "Yes" }],
      Default: "No",
    },
    Yes: { Type: "Pass", Next: "Last" },
    No: { Type: "Fail", Error: "No" },
    Last: { Type: "Pass", Parameters: { "all.$": "$greeted" }, End: true },
  },
};

const BOXES = {
  QueryLanguage: "JSONata",
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      Items: "{% $states.input %}",
      ItemProcessor: {
        StartAt: "Double",
        States: {
          Double: { Type: "Pass", Output: "{% $states.input * 2 %}", Next: "Both" },
          Both: {
            Type: "Parallel",
            Branches: [
              { StartAt: "L", States: { L: { Type: "Pass", Next: "L2" }, L2: { Type: "Pass", End: true } } },
              { StartAt: "R", States: { R: { Type: "Succeed" } } },
            ],
            End: true,
          },
        },
      },
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};

/** Selections that can be extracted. */
const PARTS: readonly (readonly [string, unknown, readonly string[]])[] = [
  ["a Task with its Catcher", CHOOSING, ["Score"]],
  ["a loop", CHOOSING, ["Score", "Weigh", "Again"]],
  ["the beginning", CHOOSING, ["Read", "Score", "Weigh", "Again"]],
  ["the end", CHOOSING, ["Publish"]],
  ["everything", CHOOSING, ["Read", "Score", "Weigh", "Again", "Publish"]],
  ["JSONPath with variables in and out", PATHS, ["Greet"]],
  ["a Choice with a failure", PATHS, ["Which", "Yes", "No"]],
  ["JSONPath from the start", PATHS, ["First", "Greet"]],
  ["an iteration of a Map", BOXES, ["Double", "Both"]],
  ["a box with what is in it", BOXES, ["Both", "L", "R"]],
  ["a branch", BOXES, ["L", "L2"]],
  ["a state that succeeds", BOXES, ["R"]],
  ["a whole Map", BOXES, ["Each"]],
];

const LAYOUT: Layout = {
  positions: {
    Score: { x: 100, y: 240 },
    Weigh: { x: 110, y: 400 },
    L: { x: 5, y: 5 },
    Publish: { x: 9, y: 9 },
  },
  folded: ["Both"],
  pins: { Score: { score: 7 } },
};

describe("extracting", () => {
  it.each(PARTS)("%s, and bringing it back gives what there was", (_, definition, names) => {
    const document = open(definition, LAYOUT);
    const paths = names.map((name) => pathOf(document, name));
    const found = extraction(document, paths);
    const nested = nestedDocument(document, found, {
      shift: { x: 7, y: -30 },
      notes: [],
      noteShift: { x: 0, y: 0 },
    });
    const { document: after, task } = withTask(document, found, ARN, "part");
    expect(after.problem).toBeNull();
    expect(allStates(after.definition).map(({ name }) => name)).toContain("part");
    for (const name of names)
      expect(allStates(after.definition).map((each) => each.name)).not.toContain(name);

    const back = bringIn(after, task, nested, { shift: { x: -7, y: 30 }, noteShift: { x: 0, y: 0 } });
    if (isObstacle(back)) throw new Error(back.reason);
    expect(back.boxed).toBe(false);
    expect(back.document.definition).toEqual(document.definition);
    expect(back.document.layout).toEqual(document.layout);
  });

  it.each(PARTS)("%s is one step to undo", (_, definition, names) => {
    const document = open(definition);
    const found = extraction(
      document,
      names.map((name) => pathOf(document, name)),
    );
    const history = commit(
      startHistory(document),
      withTask(document, found, ARN, "part").document,
      "extract",
    );
    expect(history.past).toHaveLength(1);
    expect(undo(history).present).toBe(document);
  });

  it("hands in what is read and hands back what is read later, and nothing else", () => {
    const document = open(CHOOSING);
    const loop = extraction(
      document,
      ["Score", "Weigh", "Again"].map((name) => at(name)),
    );
    expect(loop).toMatchObject({
      start: "Score",
      target: "Publish",
      given: ["n", "title"],
      returned: ["n", "score"],
    });
    const { definition } = withTask(document, loop, ARN, "part").document;
    expect((definition["States"] as JsonObject)["part"]).toEqual({
      Type: "Task",
      Resource: "arn:aws:states:::states:startExecution.sync:2",
      Arguments: {
        StateMachineArn: ARN,
        Input: { input: "{% $states.input %}", variables: { n: "{% $n %}", title: "{% $title %}" } },
      },
      Output: "{% $states.result.Output.output %}",
      Assign: {
        n: "{% $states.result.Output.variables.n %}",
        score: "{% $states.result.Output.variables.score %}",
      },
      Next: "Publish",
    });
    const nested = nestedDocument(document, loop);
    expect(nested.definition["StartAt"]).toBe("Take in");
    expect(extraction(document, [at("Publish")])).toMatchObject({ given: ["n", "score"], returned: [] });
    expect(extraction(open(BOXES), [at("Each")])).toMatchObject({ given: [], returned: [] });
  });

  it("asks nothing of a way that fails, and names what fails", () => {
    const document = open({
      QueryLanguage: "JSONata",
      StartAt: "A",
      States: {
        A: { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "B" }], Default: "F" },
        B: { Type: "Pass", Assign: { x: 1 }, Next: "C" },
        F: { Type: "Fail", Error: "Never" },
        C: { Type: "Pass", Output: "{% $x %}", End: true },
      },
    });
    expect(extraction(document, [at("A"), at("B"), at("F")])).toMatchObject({
      returned: ["x"],
      fails: ["F"],
    });
  });

  it("keeps numbers and escapes of what moves as they were typed, on both ways", () => {
    const text = `{ "StartAt": "A", "States": {
      "A": { "Type": "Pass", "Result": { "n": 12345678901234567890, "f": 1.0, "e": "\\u0041" }, "Next": "B" },
      "B": { "Type": "Pass", "End": true } } }`;
    const document = openDocument(text);
    const found = extraction(document, [at("A")]);
    const nested = nestedDocument(document, found);
    const { document: after, task } = withTask(document, found, ARN, "part");
    const back = brought(after, task, nested);
    for (const each of [nested.text, back.document.text]) {
      expect(each).toContain('"n": 12345678901234567890');
      expect(each).toContain('"f": 1.0');
      expect(each).toContain('"e": "\\u0041"');
    }
  });

  it("puts the Task where the first state stood, and the others' places, folds, pins and notes into the workflow", () => {
    const note = {
      id: "note-1",
      x: 300,
      y: 300,
      width: 200,
      height: 80,
      text: "why",
      tone: "plain",
    } as const;
    const document = open(CHOOSING, withLayout(LAYOUT, { notes: [note] }));
    const found = extraction(document, [at("Score"), at("Weigh"), at("Again")]);
    const moved = { shift: { x: -100, y: -140 }, notes: ["note-1"], noteShift: { x: 1, y: 2 } };
    const nested = nestedDocument(document, found, moved);
    expect(nested.layout).toEqual({
      positions: { Score: { x: 0, y: 100 }, Weigh: { x: 10, y: 260 } },
      pins: { Score: { score: 7 } },
      notes: [{ ...note, x: 301, y: 302 }],
    });
    const after = withTask(document, found, ARN, "part", ["note-1"]).document;
    expect(after.layout).toEqual({
      positions: { part: { x: 100, y: 240 }, L: { x: 5, y: 5 }, Publish: { x: 9, y: 9 } },
      folded: ["Both"],
    });
  });

  it("gives the Task a name that is free, also that of a state that moves", () => {
    const document = open(CHOOSING);
    const found = extraction(document, [at("Score")]);
    const names = (wanted: string) =>
      Object.keys(withTask(document, found, ARN, wanted).document.definition["States"] as JsonObject);
    expect(names("Score")).toEqual(["Read", "Score", "Weigh", "Again", "Publish"]);
    expect(names("Weigh")).toContain("Weigh 2");
  });
});

const wild = resolve(process.env["CUELIGHT_CONFORMANCE"] ?? "../../shared/conformance", "wild");

describe.runIf(existsSync(wild))("definitions found in the wild", () => {
  const files = existsSync(wild) ? readdirSync(wild).filter((name) => name.endsWith(".json")) : [];

  it.each(files)("%s: whatever can be extracted comes back as it was", (file) => {
    const { definition } = JSON.parse(readFileSync(join(wild, file), "utf8")) as { definition: unknown };
    const document = open(definition);
    for (const paths of selectionsOf(document)) {
      const found = extractionOf(document.definition, paths);
      if (isObstacle(found)) continue;
      const { document: after, task } = withTask(document, found, ARN, "part");
      const back = brought(after, task, nestedDocument(document, found));
      expect(back.document.definition).toEqual(document.definition);
      expect(back.boxed).toBe(false);
    }
  });
});

/** Each state by itself, and with what follows it, as far as it goes. */
function selectionsOf(document: WorkflowDocument): Path[][] {
  return allStates(document.definition).flatMap(({ name, path, state, scope }) => {
    const here = (target: string): Path => [...scope.path, "States", target];
    const line = [name];
    for (const each of line)
      for (const { target } of transitionsOf(
        each === name ? state : (stateAt(document.definition, here(each)) ?? {}),
      ))
        if (!line.includes(target) && line.length < 4) line.push(target);
    return line.map((_, last) => line.slice(0, last + 1).map((each) => (each === name ? path : here(each))));
  });
}

describe("what cannot be extracted is explained", () => {
  const line = (states: JsonObject, more: JsonObject = {}) =>
    open({ QueryLanguage: "JSONata", StartAt: "A", States: states, ...more });

  it("names the second way in, and the second way out", () => {
    const document = open(CHOOSING);
    expect(obstacle(document, "Read", "Score")).toBe(
      "There are two ways in: it begins with “Read”, and “Again” leads to “Score”. One is needed.",
    );
    expect(obstacle(document, "Weigh")).toBe(
      "There are two ways out: “Weigh” leads to “Publish” and to “Again”. Select “Again” too.",
    );
    expect(obstacle(document, "Weigh", "Again", "Publish")).toBe(
      "“Publish” ends here, while “Again” goes on to “Score”: a nested workflow has one way out.",
    );
    const loose = open({ StartAt: "A", States: { A: { Type: "Succeed" }, B: { Type: "Succeed" } } });
    expect(obstacle(loose, "B")).toContain("Nothing leads to these states");
  });

  it("names states of different boxes", () => {
    expect(obstacle(open(BOXES), "Double", "Done")).toContain("not in the same box or branch");
  });

  it("says when an error would be handled outside", () => {
    const document = line({
      A: { Type: "Task", Resource: "r:r", Catch: [{ ErrorEquals: ["E"], Next: "F" }], Next: "B" },
      B: { Type: "Pass", End: true },
      F: { Type: "Fail" },
    });
    expect(obstacle(document, "A")).toContain("“A” catches errors and then goes on to “F”");
  });

  it("says what reads the execution's own data, or an item of a Map around", () => {
    const read = (expression: string) => line({ A: { Type: "Pass", Output: expression, End: true } });
    expect(obstacle(read("{% $states.context.Execution.Input %}"), "A")).toContain(
      "reads the execution it is in",
    );
    expect(obstacle(read("{% $states.context %}"), "A")).toContain("reads the execution it is in");
    expect(extractionOf(read("{% $states.context.State.Name %}").definition, [at("A")])).toMatchObject({
      start: "A",
    });
    const paths = open({
      StartAt: "A",
      States: { A: { Type: "Pass", Parameters: { "i.$": "$$.Map.Item.Index" }, End: true } },
    });
    expect(obstacle(paths, "A")).toContain("the item of the Map around it");
  });

  it("says which variable has a value on some ways only", () => {
    const document = line({
      A: { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "B" }], Default: "C" },
      B: { Type: "Pass", Assign: { x: 1 }, Next: "C" },
      C: { Type: "Pass", Output: "{% $x %}", End: true },
    });
    expect(obstacle(document, "C")).toContain("“$x”, which is assigned on some of the ways");
    expect(obstacle(document, "A", "B")).toContain("“$x” is read later");
  });

  it("says when a box around answers to errors by their names", () => {
    const box = (error: string) =>
      line({
        A: {
          Type: "Parallel",
          Branches: [{ StartAt: "B", States: { B: { Type: "Pass", End: true } } }],
          Catch: [{ ErrorEquals: [error], Next: "C" }],
          Next: "C",
        },
        C: { Type: "Succeed" },
      });
    expect(obstacle(box("MyError"), "B")).toContain("“A” around them answers to MyError");
    expect(extractionOf(box("States.ALL").definition, [pathOf(box("States.ALL"), "B")])).toMatchObject({
      start: "B",
    });
  });
});

describe("bringing in", () => {
  const PART = {
    QueryLanguage: "JSONata",
    StartAt: "A",
    States: {
      A: { Type: "Pass", Assign: { n: "{% $states.input.n %}" }, Next: "B" },
      B: { Type: "Choice", Choices: [{ Condition: "{% $n > 1 %}", Next: "End" }], Default: "C" },
      C: { Type: "Pass", Output: "{% {'$n': $n, \"say\": '$n'} %}", End: true },
      End: { Type: "Succeed", Output: "{% [$n] %}" },
    },
  };
  const started = (more: JsonObject, others: JsonObject = {}, language = "JSONata") =>
    open({
      QueryLanguage: language,
      StartAt: "Go",
      States: {
        Go: { Type: "Task", Resource: "arn:aws:states:::states:startExecution.sync:2", ...more },
        ...others,
      },
    });
  const stateOf = (document: WorkflowDocument, name: string) =>
    allStates(document.definition).find((each) => each.name === name)?.state;
  const PLAIN = {
    Arguments: { StateMachineArn: ARN, Input: "{% $states.input %}" },
    Output: "{% $states.result.Output %}",
  };
  const refusal = (document: WorkflowDocument, nested: WorkflowDocument = open(PART)) => {
    const found = bringIn(document, at("Go"), nested);
    if (!isObstacle(found)) throw new Error("nothing is in the way");
    return found.reason;
  };

  it("puts states flat where plain passing happens, and ends lead on", () => {
    const document = started({ ...PLAIN, Next: "C" }, { C: { Type: "Succeed" } });
    const { document: after, boxed, renamed } = brought(document, at("Go"), open(PART));
    expect(boxed).toBe(false);
    expect([...renamed]).toEqual([["C", "C 2"]]);
    expect(after.definition["StartAt"]).toBe("A");
    expect(stateOf(after, "B")).toMatchObject({ Choices: [{ Next: "End" }], Default: "C 2" });
    expect(stateOf(after, "C 2")).toMatchObject({ Next: "C" });
    expect(stateOf(after, "End")).toEqual({ Type: "Pass", Output: "{% [$n] %}", Next: "C" });
  });

  it("gives variables other names where they would overwrite one that is read later, texts aside", () => {
    const document = started(
      { ...PLAIN, Next: "After" },
      {
        Set: { Type: "Pass", Assign: { n: 9 }, Next: "Go" },
        After: { Type: "Pass", Output: "{% $n %}", End: true },
      },
    );
    const { document: after, renamed } = brought(document, at("Go"), open(PART));
    expect([...renamed]).toEqual([["$n", "$n_2"]]);
    expect(stateOf(after, "A")).toMatchObject({ Assign: { n_2: "{% $states.input.n %}" } });
    expect(stateOf(after, "B")).toMatchObject({ Choices: [{ Condition: "{% $n_2 > 1 %}" }] });
    expect(stateOf(after, "C")).toMatchObject({ Output: "{% {'$n': $n_2, \"say\": '$n'} %}" });
  });

  it("puts them into a Parallel state that keeps input, output, Retry and Catch", () => {
    const document = started(
      {
        Arguments: { StateMachineArn: ARN, Input: { n: "{% $states.input.count %}" } },
        Output: { first: "{% $states.result.Output[0] %}", all: "{% $states.result.Output %}" },
        Assign: { n: "{% $states.result.Output.n %}" },
        Retry: [{ ErrorEquals: ["States.ALL"], BackoffRate: 2 }],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Sorry" }],
        End: true,
      },
      { Sorry: { Type: "Fail" } },
    );
    const { document: after, boxed, renamed } = brought(document, at("Go"), open(PART));
    expect(boxed).toBe(true);
    expect([...renamed]).toEqual([["$n", "$n_2"]]);
    expect(stateOf(after, "Go")).toMatchObject({
      Type: "Parallel",
      Arguments: { n: "{% $states.input.count %}" },
      Output: { first: "{% ($states.result[0])[0] %}", all: "{% $states.result[0] %}" },
      Assign: { n: "{% $states.result[0].n %}" },
      Retry: [{ ErrorEquals: ["States.ALL"], BackoffRate: 2 }],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Sorry" }],
      End: true,
    });
    expect(stateOf(after, "Go")).not.toHaveProperty("Resource");
    expect(stateOf(after, "End")).toEqual({ Type: "Succeed", Output: "{% [$n_2] %}" });
  });

  it("keeps the Task's own name for the Parallel state, and gives another to a state that has it", () => {
    const part = open({
      ...PART,
      StartAt: "Go",
      States: { ...PART.States, Go: { Type: "Pass", Next: "A" } },
    });
    const retried = started({ ...PLAIN, Retry: [{ ErrorEquals: ["States.ALL"] }], End: true });
    const { document: after, renamed } = brought(retried, at("Go"), part);
    expect([...renamed]).toEqual([["Go", "Go 2"]]);
    expect(new Set(allStates(after.definition).map(({ name }) => name)).size).toBe(6);
    expect([...brought(started({ ...PLAIN, End: true }), at("Go"), part).renamed]).toEqual([]);
  });

  it("keeps JSONPath's stages in a Parallel state, and says the language of each state", () => {
    const document = started(
      {
        InputPath: "$.order",
        Parameters: { StateMachineArn: ARN, "Input.$": "$.lines" },
        ResultSelector: {
          "total.$": "$.Output.total",
          "text.$": "States.Format('$.Output {}', $.Output.text)",
        },
        ResultPath: "$.found",
        End: true,
      },
      {},
      "JSONPath",
    );
    const { document: after } = brought(document, at("Go"), open(PART));
    expect(stateOf(after, "Go")).toMatchObject({
      Type: "Parallel",
      InputPath: "$.order.lines",
      ResultSelector: { "total.$": "$[0].total", "text.$": "States.Format('$.Output {}', $[0].text)" },
      ResultPath: "$.found",
    });
    for (const name of ["A", "B", "C", "End"])
      expect(stateOf(after, name)).toHaveProperty("QueryLanguage", "JSONata");
  });

  it("takes the text of a plain .sync apart", () => {
    const document = started({
      ...PLAIN,
      Resource: "arn:aws:states:::states:startExecution.sync",
      Output: "{% $parse($states.result.Output) %}",
      End: true,
    });
    expect(brought(document, at("Go"), open(PART)).boxed).toBe(false);
  });

  it("explains what cannot be the same", () => {
    const resource = (text: string) => refusal(started({ ...PLAIN, Resource: text, End: true }));
    expect(resource("arn:aws:states:::states:startExecution")).toContain("without waiting");
    expect(resource("arn:aws:states:::states:startExecution.waitForTaskToken")).toContain("task token");
    expect(resource("arn:aws:states:::aws-sdk:sfn:startSyncExecution")).toContain("Step Functions API");
    expect(refusal(started({ ...PLAIN, TimeoutSeconds: 5, End: true }))).toContain("TimeoutSeconds");
    expect(refusal(started({ Arguments: PLAIN.Arguments, End: true }))).toContain("whole reply");
    expect(refusal(started({ ...PLAIN, Output: "{% $states.result.ExecutionArn %}", End: true }))).toContain(
      "more of the start’s reply",
    );
    expect(
      refusal(started({ Arguments: { StateMachineArn: "{% $states.input.arn %}" }, End: true })),
    ).toContain("worked out when it runs");
    expect(
      refusal(
        started({ ...PLAIN, Arguments: { ...PLAIN.Arguments, StateMachineArn: `${ARN}:live` }, End: true }),
      ),
    ).toContain("alias “live”");
    const paths = open({ StartAt: "P", States: { P: { Type: "Pass", End: true } } });
    expect(refusal(started({ ...PLAIN, End: true }), paths)).toContain("“P” is in JSONPath");
    expect(refusal(started({ ...PLAIN, End: true }), open({ ...PART, TimeoutSeconds: 9 }))).toContain(
      "time limit",
    );
  });
});
