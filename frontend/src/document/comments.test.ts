import { describe, expect, it } from "vitest";

import { fromPointer, toPointer, valueAt, type Json, type Path } from "@/asl/types.ts";
import { allStates } from "@/asl/walk.ts";
import { moveBranch } from "@/document/commands/branch.ts";
import { copyStates, duplicate, fragmentText, paste } from "@/document/commands/copy.ts";
import { copyWithLinks, pasteWithLinks } from "@/document/commands/links.ts";
import { disable, enable } from "@/document/commands/disable.ts";
import { insert } from "@/document/commands/insert.ts";
import { moveState } from "@/document/commands/move.ts";
import { remove } from "@/document/commands/remove.ts";
import { rename } from "@/document/commands/rename.ts";
import { insertItem, removeItem, setField } from "@/document/commands/setField.ts";
import { commentsIn, type Comments } from "@/document/comments.ts";
import {
  openDocument,
  readLayout,
  withText,
  withYaml,
  yamlText,
  type WorkflowDocument,
} from "@/document/document.ts";
import { formatJson } from "@/document/json.ts";
import { freeName, placeAfter, takenNames } from "@/document/places.ts";
import { mayMove } from "@/document/rules.ts";

const DEFINITION: Json = {
  StartAt: "A",
  States: {
    A: {
      Type: "Task",
      Resource: "r",
      Retry: [{ ErrorEquals: ["x"] }, { ErrorEquals: ["y"], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "F" }],
      Next: "B",
    },
    B: { Type: "Choice", Choices: [{ Variable: "$.x", IsNull: true, Next: "C" }], Default: "P" },
    C: { Type: "Wait", Seconds: 1, Next: "D" },
    D: { Type: "Pass", Parameters: { a: { b: [1, 2] } }, Next: "S" },
    P: {
      Type: "Parallel",
      Branches: [
        { StartAt: "L", States: { L: { Type: "Pass", End: true } } },
        { StartAt: "R", States: { R: { Type: "Pass", Next: "R2" }, R2: { Type: "Pass", End: true } } },
      ],
      Next: "S",
    },
    F: { Type: "Fail" },
    S: { Type: "Succeed" },
  },
};
const open = (comments: Comments = {}): WorkflowDocument =>
  openDocument(JSON.stringify(DEFINITION, null, 2), { positions: {}, comments });
const state = (...names: string[]): Path => names.flatMap((name) => ["States", name]);

function chance(seed: number): () => number {
  let now = seed;
  return () => {
    now = (Math.imul(now, 1664525) + 1013904223) >>> 0;
    return now / 2 ** 32;
  };
}

function pathsIn(value: Json, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, item]) =>
      pathsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** Remarks with words of their own at places taken by chance. */
function commented(random: () => number): Comments {
  const places = pathsIn(DEFINITION).slice(1);
  const chosen = places.filter(() => random() < 0.25);
  return Object.fromEntries(
    chosen.map((path, index) => {
      const kind = random();
      const words = ` remark ${index}.`;
      return [toPointer(path), kind < 0.5 ? { before: ["", words] } : { behind: words }] as const;
    }),
  );
}
const wordsOf = (comments: Comments) =>
  Object.values(comments).flatMap(({ before = [], behind, end = [] }) =>
    [...before, ...(behind ? [behind] : []), ...end].filter(Boolean),
  );

/** Something that an author does, taken by chance. */
function edit(document: WorkflowDocument, random: () => number): WorkflowDocument {
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const states = allStates(document.definition);
  const one = pick(states);
  const other = pick(states);
  if (!one || !other) return document;
  const acts: (() => WorkflowDocument)[] = [
    () => rename(document, one.path, freeName(takenNames(document.definition), one.name)),
    () => (states.length < 6 ? document : remove(document, [one.path])),
    () => setField(document, [...one.path, "Comment"], `c${random()}`),
    () => setField(document, [...one.path, "X-Unknown", "deep"], [1, { a: random() }]),
    () => insertItem(document, [...one.path, "Retry", 0], { ErrorEquals: ["new"] }),
    () => enable(disable(document, [one.path], "now"), [one.path]),
    () => withText(document, formatJson(document.text, "    ")),
    () => withYaml(document, `${yamlText(document)}# at the end\n`),
    () =>
      insert(document, { kind: "start", scope: [] }, { startAt: "New", states: { New: { Type: "Pass" } } })
        .document,
    () => {
      const place = placeAfter(document.definition, other.path);
      if (!place || mayMove(document.definition, one.path, place) !== null) return document;
      return (random() < 0.5 ? moveState : moveBranch)(document, one.path, place).document;
    },
  ];
  return (pick(acts) ?? (() => document))();
}

/** What each comment stands at: a state, what of it, and what that says. */
function hosts({ definition, layout }: WorkflowDocument) {
  const states = allStates(definition);
  return Object.entries(layout.comments ?? {}).flatMap(([pointer, remark]) => {
    const own = states.filter(({ path }) => `${pointer}/`.startsWith(`${toPointer(path)}/`)).at(-1);
    if (!own) return [];
    const rest = fromPointer(pointer.slice(toPointer(own.path).length));
    const value = JSON.stringify(valueAt(own.state, rest));
    return wordsOf({ "": remark }).map((word) => ({ word, name: own.name, rest, value }));
  });
}

describe("comments at any places", () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))("survive edits elsewhere, %i", (seed) => {
    const random = chance(seed * 104729);
    const comments = commented(random);
    let document = open(comments);
    const read = withYaml(open(), yamlText(document));
    expect(new Set(wordsOf(read.layout.comments ?? {}))).toEqual(new Set(wordsOf(comments)));
    expect(read.definition).toEqual(document.definition);
    for (let count = 0; count < 30; count++) {
      const before = document;
      document = edit(document, random);
      expect(document.problem).toBeNull();
      const [old, now] = [takenNames(before.definition), takenNames(document.definition)];
      const gone = [...old].filter((name) => !now.has(name));
      const come = [...now].filter((name) => !old.has(name));
      const renamed = (name: string) =>
        gone.length === 1 && come.length === 1 && name === gone[0] ? come[0] : name;
      for (const { word, name, rest, value } of hosts(before)) {
        const at = allStates(document.definition).find((each) => each.name === renamed(name));
        if (!at || JSON.stringify(valueAt(at.state, rest)) !== value) continue;
        const there = wordsOf(commentsIn(document.layout.comments ?? {}, toPointer(at.path)));
        expect(there, `${name} /${rest.join("/")}`).toContain(word);
      }
      for (const pointer of Object.keys(document.layout.comments ?? {}))
        expect(valueAt(document.definition, fromPointer(pointer)), pointer).toBeDefined();
      expect(readLayout(JSON.parse(JSON.stringify(document.layout)))).toEqual(document.layout);
    }
  });
});

describe("a comment", () => {
  const words = (document: WorkflowDocument) => wordsOf(document.layout.comments ?? {});

  it("goes with its state when that is renamed, moved, moved into a branch, and away with it", () => {
    const remarks = { "/States/D": { before: [" d"] }, "/States/D/Parameters/a/b/1": { behind: " two" } };
    const into = placeAfter(open().definition, ["States", "P", "Branches", 1, "States", "R"]);
    if (!into) throw new Error("There is a place after R.");
    const moved = moveState(rename(open(remarks), state("D"), "Dee"), state("Dee"), into).document;
    expect(moved.layout.comments).toEqual({
      "/States/P/Branches/1/States/Dee": { before: [" d"] },
      "/States/P/Branches/1/States/Dee/Parameters/a/b/1": { behind: " two" },
    });
    expect(words(remove(moved, [["States", "P", "Branches", 1, "States", "Dee"]]))).toEqual([]);
  });

  it("stays at its item when others come before it or go", () => {
    const document = open({ "/States/A/Retry/1/MaxAttempts": { behind: " twice" } });
    const longer = insertItem(document, [...state("A"), "Retry", 0], { ErrorEquals: ["z"] });
    expect(longer.layout.comments).toEqual({ "/States/A/Retry/2/MaxAttempts": { behind: " twice" } });
    const shorter = removeItem(removeItem(longer, [...state("A"), "Retry", 0]), [...state("A"), "Retry", 0]);
    expect(shorter.layout.comments).toEqual({ "/States/A/Retry/0/MaxAttempts": { behind: " twice" } });
  });

  it("comes back with a state that was disabled", () => {
    const remarks = { "/States/A": { before: [" a"] }, "/States/A/Retry/0": { before: [" retry"] } };
    const off = disable(open(remarks), [state("A")], "now");
    expect(off.layout.comments).toEqual({ "/States/A": { before: [" a"] } });
    expect(enable(off, [state("A")]).layout.comments).toEqual(remarks);
  });
});

describe("a copy of states", () => {
  const comments: Comments = {
    "/States/A": { before: [" asks first"] },
    "/States/A/Retry/1": { behind: " slow" },
    "/States/P": { behind: " both" },
    "/States/P/Branches/1/States/R2": { before: [" inside"] },
    "/States/C": { before: [" not copied"] },
  };
  const paths = [state("A"), state("P")];
  const expectCopied = (found: Comments | undefined) => {
    expect(commentsIn(found ?? {}, "/States/A 2")).toEqual({
      "": { before: [" asks first"] },
      "/Retry/1": { behind: " slow" },
    });
    expect(commentsIn(found ?? {}, "/States/P 2")).toEqual({
      "": { behind: " both" },
      "/Branches/1/States/R2 2": { before: [" inside"] },
    });
    // The originals keep theirs.
    expect(found).toMatchObject(comments);
  };

  it("has their comments too: duplicated, pasted, and pasted with links", () => {
    const document = open(comments);
    expectCopied(duplicate(document, paths)?.document.layout.comments);
    const linked = copyWithLinks(document, paths);
    const fragment = copyStates(document, paths);
    if (!linked || !fragment) throw new Error("nothing was copied");
    expectCopied(pasteWithLinks(document, linked, []).document.layout.comments);
    const pasted = paste(document, fragmentText(fragment), null, linked.comments);
    expectCopied(pasted?.document.layout.comments);
    const elsewhere = openDocument('{"StartAt": "X", "States": {"X": {"Type": "Succeed"}}}', {
      positions: {},
    });
    expect(
      paste(elsewhere, fragmentText(fragment), null, linked.comments)?.document.layout.comments,
    ).toMatchObject({
      "/States/A": { before: [" asks first"] },
    });
  });
});
