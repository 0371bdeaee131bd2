import { describe, expect, it } from "vitest";

import type { Path } from "@/asl/types.ts";
import { allScopes, allStates, transitionsOf } from "@/asl/walk.ts";
import { branchOf, moveBranch } from "@/document/commands/branch.ts";
import { connect } from "@/document/commands/connect.ts";
import { duplicate } from "@/document/commands/copy.ts";
import { disable, disabledOriginal, enable } from "@/document/commands/disable.ts";
import { setDirection, setFolded } from "@/document/commands/fold.ts";
import { copyWithLinks, pasteWithLinks } from "@/document/commands/links.ts";
import { addNote, changeNote, removeNotes } from "@/document/commands/notes.ts";
import { remove } from "@/document/commands/remove.ts";
import { rename } from "@/document/commands/rename.ts";
import { setPositions, tidyUp } from "@/document/commands/setPositions.ts";
import { openDocument, readLayout, type WorkflowDocument } from "@/document/document.ts";
import { commit, redo, startHistory, undo } from "@/document/history.ts";
import { placeAfter, scopeOfState, scopeStates, takenNames } from "@/document/places.ts";
import { mayConnect, mayMove } from "@/document/rules.ts";

const TEXT = JSON.stringify(
  {
    StartAt: "A",
    States: {
      A: { Type: "Task", Resource: "r", Catch: [{ ErrorEquals: ["States.ALL"], Next: "F" }], Next: "B" },
      B: { Type: "Choice", Choices: [{ Variable: "$.x", IsNull: true, Next: "C" }], Default: "P" },
      C: { Type: "Wait", Seconds: 1, Next: "D" },
      D: { Type: "Pass", Next: "S" },
      P: {
        Type: "Parallel",
        Branches: ["L", "R"].map((name) => ({
          StartAt: name,
          States: { [name]: { Type: "Pass", Next: `${name}2` }, [`${name}2`]: { Type: "Pass", End: true } },
        })),
        Next: "S",
      },
      F: { Type: "Fail" },
      S: { Type: "Succeed" },
    },
  },
  null,
  2,
);
const open = () => openDocument(TEXT);
const at = (...names: string[]): Path => names.flatMap((name) => ["States", name]);
const NOW = "2026-01-02T03:04:05Z";

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One thing that an author may do to a document, taken by chance. */
function step(document: WorkflowDocument, random: () => number): WorkflowDocument {
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const states = allStates(document.definition);
  const one = pick(states);
  const other = pick(states);
  const note = pick(document.layout.notes ?? []);
  if (!one || !other) return addNote(document, { x: 0, y: 0 }).document;
  const spot = { x: Math.floor(random() * 900), y: Math.floor(random() * 900) };
  const acts: (() => WorkflowDocument)[] = [
    () => setPositions(document, { [one.name]: spot }),
    () => tidyUp(document),
    () => setFolded(document, [one.name], random() < 0.6),
    () => setDirection(document, random() < 0.5 ? "right" : "down"),
    () => addNote(document, spot, "words").document,
    () => (note ? changeNote(document, note.id, { text: `${note.text}!`, ...spot }) : document),
    () => (note ? removeNotes(document, [note.id]) : document),
    () => disable(document, [one.path], NOW),
    () => enable(document, [one.path]),
    () => rename(document, one.path, `${one.name}'`.slice(-30)),
    () => (states.length > 4 ? remove(document, [one.path]) : document),
    () => duplicate(document, [one.path])?.document ?? document,
    () =>
      mayConnect(document.definition, one.path, other.path, "next") === null
        ? connect(document, one.path, other.name, "next")
        : document,
    () => {
      const linked = copyWithLinks(document, [one.path]);
      return linked && states.length < 40
        ? pasteWithLinks(document, linked, scopeOfState(one.path)).document
        : document;
    },
    () => {
      const place = placeAfter(document.definition, other.path);
      return place &&
        mayMove(document.definition, one.path, place) === null &&
        !branchOf(document.definition, one.path).includes(other.name)
        ? moveBranch(document, one.path, place).document
        : document;
    },
  ];
  return (pick(acts) ?? (() => document))();
}

/** What must hold of every document that an author can come to. */
function expectSound(document: WorkflowDocument): void {
  expect(document.problem).toBeNull();
  const states = allStates(document.definition);
  expect(takenNames(document.definition).size).toBe(states.length);
  for (const scope of allScopes(document.definition)) {
    const here = scopeStates(document.definition, scope.path);
    for (const each of states.filter((state) => state.scope.id === scope.id))
      for (const { target } of transitionsOf(each.state)) expect(Object.keys(here)).toContain(target);
  }
  expect(readLayout(JSON.parse(JSON.stringify(document.layout)))).toEqual(document.layout);
}

describe("any steps of an author", () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
    "keep the document sound, and undoing and redoing gives each of them back, %i",
    (seed) => {
      const random = chance(seed * 7919);
      let history = startHistory(open());
      const passed = [history.present];
      for (let count = 0; count < 40; count++) {
        const next = commit(history, step(history.present, random), `step ${count}`);
        if (next === history) continue;
        history = next;
        expectSound(history.present);
        passed.push(history.present);
      }
      for (const document of [...passed].reverse()) {
        expect(history.present).toBe(document);
        history = undo(history);
      }
      expect(history.present.text).toBe(TEXT);
      for (const document of passed.slice(1)) {
        history = redo(history);
        expect(history.present).toBe(document);
      }
    },
  );
});

describe("disabling", () => {
  it("leaves a plain Pass with the same name and way on, and gives the state back as it was", () => {
    for (const name of ["A", "B", "C", "P"]) {
      const off = disable(open(), [at(name)], NOW);
      const states = scopeStates(off.definition, []);
      const next = { A: "B", B: "P", C: "D", P: "S" }[name];
      expect(states[name]).toEqual({ Type: "Pass", Next: next });
      const disabled = allStates(off.definition).filter(({ name: each, state }) =>
        disabledOriginal(off.layout, each, state),
      );
      expect(disabled.map((each) => each.name)).toEqual([name]);
      expect(enable(off, [at(name)]).definition).toEqual(open().definition);
    }
  });

  it("brings a state back with the way on it has by then, without what is no longer there", () => {
    const off = disable(open(), [at("A")], NOW);
    const changed = connect(remove(off, [at("F")]), at("A"), "C", "next");
    const back = scopeStates(enable(changed, [at("A")]).definition, [])["A"];
    expect(back).toEqual({ Type: "Task", Resource: "r", Next: "C" });
  });

  it("follows names that change meanwhile, inside and outside", () => {
    const off = disable(open(), [at("A"), at("P")], NOW);
    const renamed = rename(rename(off, at("F"), "Failed"), at("P"), "L");
    const back = enable(renamed, [at("A"), at("L")]);
    const names = [...takenNames(back.definition)];
    expect(new Set(names).size).toBe(names.length);
    expect(scopeStates(back.definition, [])["A"]).toMatchObject({ Catch: [{ Next: "Failed" }] });
  });
});

describe("pasting with links", () => {
  it("leads where the copied state led, and what led to that leads to the copy too", () => {
    const document = open();
    const linked = copyWithLinks(document, [at("C")]);
    const pasted = linked && pasteWithLinks(document, linked, []).document;
    const states = scopeStates(pasted?.definition ?? {}, []);
    expect(states["C 2"]).toEqual({ Type: "Wait", Seconds: 1, Next: "D" });
    expect(states["B"]).toMatchObject({
      Choices: [
        { Variable: "$.x", IsNull: true, Next: "C" },
        { Variable: "$.x", IsNull: true, Next: "C 2" },
      ],
    });
  });

  it("ends where what it led to is not there, in another workflow", () => {
    const linked = copyWithLinks(open(), [at("D")]);
    const other = openDocument('{"StartAt": "X", "States": {"X": {"Type": "Pass", "End": true}}}');
    const pasted = linked && pasteWithLinks(other, linked, []).document;
    expect(scopeStates(pasted?.definition ?? {}, [])["D"]).toEqual({ Type: "Pass", End: true });
  });
});

describe("a branch", () => {
  it("is a state and what only it leads to", () => {
    const { definition } = open();
    expect(branchOf(definition, at("C"))).toEqual(["C", "D"]);
    expect(branchOf(definition, at("B"))).toEqual(["B", "C", "D", "P", "S"]);
    expect(branchOf(definition, at("D"))).toEqual(["D"]);
  });

  it("moves as a whole: what led to it goes on to where it led", () => {
    const place = placeAfter(open().definition, at("A"));
    const moved = place && moveBranch(open(), at("C"), place).document;
    const states = scopeStates(moved?.definition ?? {}, []);
    expect(states["A"]).toMatchObject({ Next: "C" });
    expect(states["C"]).toMatchObject({ Next: "D" });
    expect(states["D"]).toMatchObject({ Next: "B" });
    expect(states["B"]).toMatchObject({ Choices: [{ Next: "S" }] });
  });
});
