import { describe, expect, it } from "vitest";

import type { JsonObject, Path } from "@/asl/types.ts";
import { allScopes, allStates, isTerminal, statesOf, transitionsOf } from "@/asl/walk.ts";
import { adaptLanguage } from "@/document/adapt.ts";
import { addBranch } from "@/document/commands/addBranch.ts";
import { connect } from "@/document/commands/connect.ts";
import { copyStates, duplicate, fragmentText, paste } from "@/document/commands/copy.ts";
import { disconnect } from "@/document/commands/disconnect.ts";
import { insert } from "@/document/commands/insert.ts";
import { moveState } from "@/document/commands/move.ts";
import { remove } from "@/document/commands/remove.ts";
import { rename } from "@/document/commands/rename.ts";
import { setField } from "@/document/commands/setField.ts";
import { setPositions } from "@/document/commands/setPositions.ts";
import { openDocument, type WorkflowDocument } from "@/document/document.ts";
import { commit, redo, startHistory, undo, undoLabel } from "@/document/history.ts";
import { placeAfter, takenNames } from "@/document/places.ts";
import { mayConnect, mayInsert, mayMove, mayRename } from "@/document/rules.ts";

const TEXT = `{
  "Comment": "kept as typed",
  "X-Own": { "b": 1.0, "a": 12345678901234567890, "\\u0063": "\${Placeholder}" },
  "QueryLanguage": "JSONata",
  "StartAt": "A",
  "States": {
    "A": { "Type": "Pass", "Next": "B" },
    "B": {
      "Type": "Choice",
      "Choices": [{ "Condition": "{% $x %}", "Next": "A" }],
      "Default": "P"
    },
    "P": {
      "Type": "Parallel",
      "Branches": [
        { "StartAt": "L", "States": { "L": { "Type": "Wait", "Seconds": 1, "End": true } } },
        { "StartAt": "", "States": {} }
      ],
      "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "F" }],
      "Next": "S"
    },
    "F": { "Type": "Fail" },
    "S": { "Type": "Succeed" }
  }
}
`;
const open = () => openDocument(TEXT);
const at = (...names: string[]): Path => names.flatMap((name) => ["States", name]);
const stateOf = (document: WorkflowDocument, name: string): JsonObject | undefined =>
  allStates(document.definition).find((each) => each.name === name)?.state;
const pass = (name = "New") => ({ startAt: name, states: { [name]: { Type: "Pass" } } });

describe("commands", () => {
  it("add at the end of a way that is pulled out: between what followed, as one more rule, or as what catches", () => {
    const from = (name: string, how: "next" | "catch") =>
      insert(open(), { kind: "way", state: at(name), how, at: { x: 5, y: 6 } }, pass()).document;
    const between = from("A", "next");
    expect(stateOf(between, "A")).toEqual({ Type: "Pass", Next: "New" });
    expect(stateOf(between, "New")).toEqual({ Type: "Pass", Next: "B" });
    expect(between.layout.positions["New"]).toEqual({ x: 5, y: 6 });
    const ruled = from("B", "next");
    expect(stateOf(ruled, "B")?.["Choices"]).toEqual([
      { Condition: "{% $x %}", Next: "A" },
      { Condition: "{% false %}", Next: "New" },
    ]);
    expect(stateOf(ruled, "B")?.["Default"]).toBe("P");
    expect(stateOf(ruled, "New")).toEqual({ Type: "Pass", End: true });
    const caught = from("P", "catch");
    expect((stateOf(caught, "P")?.["Catch"] as JsonObject[]).map(({ Next }) => Next)).toEqual(["New", "F"]);
    expect(stateOf(caught, "P")?.["Next"]).toBe("S");
    const undecided = setField(open(), [...at("P"), "Catch", 0, "Next"], "");
    const filled = insert(
      undecided,
      { kind: "way", state: at("P"), how: "catch", at: { x: 0, y: 0 } },
      pass(),
    );
    expect(stateOf(filled.document, "P")?.["Catch"]).toEqual([{ ErrorEquals: ["States.ALL"], Next: "New" }]);
    const end = insert(
      open(),
      { kind: "way", state: at("P"), how: "next", at: { x: 0, y: 0 } },
      { startAt: "Stop", states: { Stop: { Type: "Fail" } } },
    );
    expect(stateOf(end.document, "P")?.["Next"]).toBe("Stop");
  });

  it("change nothing but what they name: order, numbers, escapes and unknown fields stay", () => {
    const edited = setField(open(), [...at("A"), "Comment"], "hello");
    expect(edited.text).toBe(
      TEXT.replace('"Type": "Pass", "Next": "B"', '"Type": "Pass", "Next": "B", "Comment": "hello"'),
    );
    expect(edited.text).toContain('"b": 1.0, "a": 12345678901234567890, "\\u0063": "${Placeholder}"');
  });

  it("insert on a transition leads in and on", () => {
    const { document } = insert(open(), { kind: "transition", state: at("A"), fields: [["Next"]] }, pass());
    expect(stateOf(document, "A")?.["Next"]).toBe("New");
    expect(stateOf(document, "New")?.["Next"]).toBe("B");
  });

  it("insert before the start and into an empty branch sets StartAt", () => {
    const first = insert(open(), { kind: "start", scope: [] }, pass()).document;
    expect(first.definition["StartAt"]).toBe("New");
    const branch = [...at("P"), "Branches", 1];
    const inside = insert(open(), { kind: "start", scope: branch }, pass()).document;
    expect(allScopes(inside.definition).at(-1)?.value).toEqual({
      StartAt: "New",
      States: { New: { Type: "Pass", End: true } },
    });
  });

  it("insert gives a name that is free everywhere, inner branches too", () => {
    const { states } = insert(
      open(),
      { kind: "end", state: [...at("P"), "Branches", 0, ...at("L")] },
      pass("L"),
    );
    expect(states[0]?.at(-1)).toBe("L 2");
  });

  it("remove leads on from those before to those after", () => {
    const document = remove(open(), [at("P")]);
    expect(stateOf(document, "B")?.["Default"]).toBe("S");
    const last = remove(document, [at("S")]);
    expect(stateOf(last, "B")?.["Default"]).toBeUndefined();
  });

  it("rename follows every reference in its scope and the place set by hand", () => {
    const placed = setPositions(open(), { A: { x: 1, y: 2 } });
    const document = rename(placed, at("A"), "Begin");
    expect(document.definition["StartAt"]).toBe("Begin");
    expect(stateOf(document, "B")?.["Choices"]).toEqual([{ Condition: "{% $x %}", Next: "Begin" }]);
    expect(document.layout.positions).toEqual({ Begin: { x: 1, y: 2 } });
    expect(Object.keys(document.definition["States"] as JsonObject)[0]).toBe("Begin");
  });

  it("connect sets Next, adds a rule, or a Catcher; disconnect takes it back", () => {
    expect(stateOf(connect(open(), at("A"), "S", "next"), "A")?.["Next"]).toBe("S");
    expect(stateOf(connect(open(), at("B"), "S", "next"), "B")?.["Choices"]).toHaveLength(2);
    // What catches every error has to stay the last.
    expect(stateOf(connect(open(), at("P"), "S", "catch"), "P")?.["Catch"]).toEqual([
      { ErrorEquals: ["States.TaskFailed"], Next: "S" },
      { ErrorEquals: ["States.ALL"], Next: "F" },
    ]);
    expect(stateOf(disconnect(open(), at("P"), [["Catch", 0, "Next"]]), "P")?.["Catch"]).toBeUndefined();
    expect(stateOf(disconnect(open(), at("A"), [["Next"]]), "A")?.["End"]).toBe(true);
  });

  it("move keeps the name, and leads on at both places", () => {
    const { document } = moveState(open(), at("A"), {
      kind: "transition",
      state: at("P"),
      fields: [["Next"]],
    });
    expect(document.definition["StartAt"]).toBe("B");
    expect(stateOf(document, "P")?.["Next"]).toBe("A");
    expect(stateOf(document, "A")?.["Next"]).toBe("S");
  });

  it("move keeps rules and Catchers that still lead somewhere", () => {
    const moved = moveState(open(), at("P"), { kind: "start", scope: [] }).document;
    expect(stateOf(moved, "P")?.["Catch"]).toEqual([{ ErrorEquals: ["States.ALL"], Next: "F" }]);
    expect(stateOf(moved, "P")?.["Next"]).toBe("A");
    expect(stateOf(moved, "B")?.["Default"]).toBe("S");
    const choice = moveState(open(), at("B"), { kind: "start", scope: [] }).document;
    expect(stateOf(choice, "B")?.["Choices"]).toEqual([{ Condition: "{% $x %}", Next: "A" }]);
  });

  it("move leaves the Catchers and rules that lead to a state, wherever it goes in its scope", () => {
    const place = { kind: "transition", state: at("A"), fields: [["Next"]] } as const;
    const handler = openDocument(TEXT.replace('{ "Type": "Fail" }', '{ "Type": "Pass", "Next": "S" }'));
    // Put before the state that catches with it, it would lead in a circle: then the Catcher goes on without it.
    expect(stateOf(moveState(handler, at("F"), place).document, "P")?.["Catch"]).toEqual([
      { ErrorEquals: ["States.ALL"], Next: "S" },
    ]);
    const later = { kind: "transition", state: at("P"), fields: [["Next"]] } as const;
    const moved = moveState(handler, at("F"), later).document;
    expect(stateOf(moved, "P")).toMatchObject({ Catch: [{ Next: "F" }], Next: "F" });
    const rule = moveState(open(), at("A"), later).document;
    expect(stateOf(rule, "B")?.["Choices"]).toEqual([{ Condition: "{% $x %}", Next: "A" }]);
  });

  it("a Choice comes with an open rule and an open otherwise, which what is added fills one by one", () => {
    const choice = {
      startAt: "C",
      states: { C: { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "" }], Default: "" } },
    };
    const between = insert(open(), { kind: "transition", state: at("A"), fields: [["Next"]] }, choice);
    expect(stateOf(between.document, "C")).toMatchObject({ Choices: [{ Next: "" }], Default: "B" });
    const place = placeAfter(between.document.definition, at("C"));
    expect(place).toEqual({ kind: "transition", state: at("C"), fields: [["Choices", 0, "Next"]] });
    const end = { kind: "end", state: [...at("P"), "Branches", 0, ...at("L")] } as const;
    const last = insert(open(), end, choice).document;
    expect(stateOf(last, "C")).toMatchObject({ Choices: [{ Next: "" }], Default: "" });
    const fail = { startAt: "Stop", states: { Stop: { Type: "Fail" } } };
    expect(place && mayInsert(between.document.definition, place, fail)).toBeNull();
    const filled = place && insert(between.document, place, fail).document;
    expect(filled && stateOf(filled, "C")).toMatchObject({ Choices: [{ Next: "Stop" }], Default: "B" });
  });

  it("connect fills what is open before it adds a rule; an empty Choice gets its first rule", () => {
    const empty = setField(open(), [...at("B"), "Choices"], []);
    expect(stateOf(connect(empty, at("B"), "S", "next"), "B")).toMatchObject({
      Choices: [{ Next: "S" }],
      Default: "P",
    });
    const half = setField(open(), [...at("B"), "Default"], "");
    expect(stateOf(connect(half, at("B"), "S", "next"), "B")).toMatchObject({
      Choices: [{ Next: "A" }],
      Default: "S",
    });
  });

  it("an open rule comes in the language of the machine", () => {
    const choice = {
      startAt: "C",
      states: { C: { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "" }], Default: "" } },
    };
    expect(adaptLanguage({}, choice).states["C"]).toEqual({
      Type: "Choice",
      Choices: [{ Variable: "$.value", StringEquals: "", Next: "" }],
      Default: "",
    });
  });

  it("copies come back from plain JSON text, and a duplicate follows its original", () => {
    const fragment = copyStates(open(), [at("A"), at("P")]);
    const pasted = fragment && paste(open(), fragmentText(fragment), null);
    expect(pasted?.states.map((path) => path.at(-1))).toEqual(["A 2", "P 2"]);
    expect(paste(open(), "no states here", null)).toBeNull();
    const doubled = duplicate(open(), [at("A")])?.document;
    expect(doubled && stateOf(doubled, "A")?.["Next"]).toBe("A 2");
  });

  it("a branch is added to a Parallel state", () => {
    expect(stateOf(addBranch(open(), at("P")), "P")?.["Branches"]).toHaveLength(3);
  });
});

describe("rules say why not", () => {
  const { definition } = open();
  it("nothing follows an end, and nothing leaves a branch", () => {
    expect(mayConnect(definition, at("S"), at("A"), "next")).toContain("ends the execution");
    expect(mayConnect(definition, at("A"), [...at("P"), "Branches", 0, ...at("L")], "next")).toContain(
      "branch",
    );
    expect(mayConnect(definition, at("A"), at("S"), "catch")).toContain("catch");
    expect(mayConnect(definition, at("A"), at("S"), "next")).toBeNull();
  });
  it("a Succeed goes to an end only, a state never into itself", () => {
    const end = { startAt: "E", states: { E: { Type: "Succeed" } } };
    expect(mayInsert(definition, { kind: "transition", state: at("A"), fields: [["Next"]] }, end)).toContain(
      "ends the execution",
    );
    // Not in the middle of a rule's or a Catcher's way either: what it led to would be lost without a word.
    for (const [state, field] of [
      ["B", ["Choices", 0, "Next"]],
      ["B", ["Default"]],
      ["P", ["Catch", 0, "Next"]],
    ] as const)
      expect(
        mayMove(definition, at("F"), { kind: "transition", state: at(state), fields: [[...field]] }),
      ).not.toBeNull();
    expect(mayMove(definition, at("P"), { kind: "start", scope: [...at("P"), "Branches", 1] })).toContain(
      "itself",
    );
  });
  it("names are used once", () => {
    expect(mayRename(takenNames(definition), at("A"), "L")).toContain("Another state");
    expect(mayRename(takenNames(definition), at("A"), "")).not.toBeNull();
    expect(mayRename(takenNames(definition), at("A"), "Z")).toBeNull();
  });
});

describe("undo and redo", () => {
  it("joins typing in one field to one step, named", () => {
    let history = startHistory(open());
    for (const text of ["h", "he", "hey"])
      history = commit(
        history,
        setField(history.present, [...at("A"), "Comment"], text),
        "change A",
        "A Comment",
      );
    expect(history.past).toHaveLength(1);
    expect(undoLabel(history)).toBe("change A");
    expect(undo(history).present.text).toBe(TEXT);
    expect(redo(undo(history)).present).toBe(history.present);
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    "restores the very same texts after random edits (seed %i)",
    (seed) => {
      const random = numbers(seed + 1);
      let history = startHistory(open());
      const texts = [history.present.text];
      for (let step = 0; step < 25; step++) {
        const next = randomEdit(history.present, random);
        const before = history.present;
        history = commit(history, next, "edit");
        if (history.present !== before) texts.push(history.present.text);
        expect(history.present.problem).toBeNull();
        expect(dangling(history.present)).toEqual([]);
      }
      for (const text of [...texts].reverse().slice(1)) {
        history = undo(history);
        expect(history.present.text).toBe(text);
      }
      for (const text of texts.slice(1)) {
        history = redo(history);
        expect(history.present.text).toBe(text);
      }
    },
  );
});

/** Transitions that lead nowhere, and states that neither go on nor end. */
function dangling(document: WorkflowDocument): string[] {
  return allScopes(document.definition).flatMap((scope) => {
    const states = statesOf(scope);
    const names = new Set(states.map(({ name }) => name));
    return states.flatMap(({ name, state }) => {
      const out = transitionsOf(state);
      const lost = out.filter(({ target }) => !names.has(target)).map(({ target }) => `${name} to ${target}`);
      const stuck =
        state["Type"] !== "Choice" && !isTerminal(state) && out.every(({ kind }) => kind === "catch");
      return stuck ? [...lost, `${name} is stuck`] : lost;
    });
  });
}

function randomEdit(document: WorkflowDocument, random: (below: number) => number): WorkflowDocument {
  const states = allStates(document.definition);
  const scopes = allScopes(document.definition);
  const any = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
  const state = any(states);
  if (!state) return insert(document, { kind: "start", scope: [] }, pass()).document;
  const place = placeAfter(document.definition, state.path) ?? {
    kind: "free" as const,
    scope: any(scopes)?.path ?? [],
    at: null,
  };
  const other = any(states);
  switch (random(9)) {
    case 0:
      return insert(document, place, pass()).document;
    case 1:
      return insert(document, place, {
        startAt: "Par",
        states: { Par: { Type: "Parallel", Branches: [{ StartAt: "", States: {} }] } },
      }).document;
    case 2:
      return remove(document, [state.path]);
    case 3:
      return rename(document, state.path, `R${random(1000)} "\u00e9~/`);
    case 4:
      return duplicate(document, [state.path])?.document ?? document;
    case 5:
      return other && mayConnect(document.definition, state.path, other.path, "next") === null
        ? connect(document, state.path, other.name, "next")
        : document;
    case 6:
      return other && mayConnect(document.definition, state.path, other.path, "catch") === null
        ? connect(document, state.path, other.name, "catch")
        : document;
    case 7:
      return other && mayMove(document.definition, other.path, place) === null
        ? moveState(document, other.path, place).document
        : document;
    default:
      return setField(document, [...state.path, "Comment"], random(2) ? `c${random(100)}` : undefined);
  }
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return below === 0 ? 0 : ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
