import { expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { openDocument } from "@/document/document.ts";
import { fixFor, nearest } from "./fixes.ts";

/** What a definition becomes when the fix is taken, with the fix's words. */
function mend(definition: JsonObject, message: string, location: string): [string, JsonObject] | null {
  const fix = fixFor({ severity: "ERROR", code: "", message, location }, definition);
  return fix && [fix.label, fix.apply(openDocument(JSON.stringify(definition))).definition];
}
const machine = (states: JsonObject, start = "A"): JsonObject => ({ StartAt: start, States: states });
const pass = (more: JsonObject): JsonObject => ({ Type: "Pass", ...more });

it("a target that is not there becomes the one that was meant, or the end", () => {
  const states = { A: pass({ Next: "Don" }), Done: { Type: "Succeed" } };
  expect(mend(machine(states), "Missing 'Next' target: Don", "/States/A/Next")).toEqual([
    "Use “Done”",
    machine({ ...states, A: pass({ Next: "Done" }) }),
  ]);
  expect(
    mend(machine({ A: pass({ Next: "Elsewhere" }) }), "Missing 'Next' target: Elsewhere", "/States/A/Next"),
  ).toEqual(["End here", machine({ A: pass({ End: true }) })]);
  expect(mend(machine(states, "a"), "Missing 'StartAt' target: a", "/StartAt")?.[0]).toBe("Use “A”");
});

it("a target inside a branch is looked for in the branch", () => {
  const inner = machine({ In: pass({ Next: "Lst" }), Last: pass({ End: true }) }, "In");
  const definition = machine({ A: { Type: "Parallel", Branches: [inner], End: true } });
  const [label] = mend(definition, "Missing 'Next' target: Lst", "/States/A/Branches/0/States/In/Next") ?? [];
  expect(label).toBe("Use “Last”");
});

it("a state without a way on ends, and one with two keeps its next", () => {
  expect(mend(machine({ A: pass({}) }), "One of these fields is required: [Next, End]", "/States/A")).toEqual(
    ["End here", machine({ A: pass({ End: true }) })],
  );
  const both = machine({ A: pass({ Next: "A", End: true }) });
  expect(mend(both, "Only one of [Next, End] may be given", "/States/A/End")?.[1]).toEqual(
    machine({ A: pass({ Next: "A" }) }),
  );
});

it("a misspelt field gets its name, and an unknown one goes", () => {
  expect(
    mend(machine({ A: pass({ Nxet: "A" }) }), "The field 'Nxet' is not known here", "/States/A/Nxet"),
  ).toEqual(["Rename it Next", machine({ A: pass({ Next: "A" }) })]);
  expect(
    mend(machine({ A: pass({ Foo: 1 }) }), "The field 'Foo' is not known here", "/States/A/Foo")?.[0],
  ).toBe("Remove Foo");
});

it("plain arguments take the other language's name; those with expressions are not touched that way", () => {
  const message = "The field 'Parameters' is not supported by a Task state in JSONata";
  const plain = machine({ A: { Type: "Task", Parameters: { a: 1 }, End: true } });
  expect(mend(plain, message, "/States/A/Parameters")?.[0]).toBe("Rename it Arguments");
  const paths = machine({ A: { Type: "Task", Parameters: { "a.$": "$.b" }, End: true } });
  expect(mend(paths, message, "/States/A/Parameters")?.[0]).toBe("Remove Parameters");
});

it("types, errors, conditions and variables are put right", () => {
  expect(
    mend(machine({ A: { Type: "task" } }), "Type must be one of Pass, Task", "/States/A/Type")?.[0],
  ).toBe("Use Task");
  const retry = machine({ A: { Type: "Task", Retry: [{ ErrorEquals: ["States.Timout"] }] } });
  expect(
    mend(retry, "There is no predefined error States.Timout", "/States/A/Retry/0/ErrorEquals")?.[0],
  ).toBe("Use States.Timeout");
  const choice = machine({ A: { Type: "Choice", Choices: [{ Condition: "$x > 1", Next: "A" }] } });
  expect(
    mend(choice, "Condition must be an expression in {% %}", "/States/A/Choices/0/Condition")?.[1],
  ).toEqual(machine({ A: { Type: "Choice", Choices: [{ Condition: "{% $x > 1 %}", Next: "A" }] } }));
  const variable = machine({ A: pass({ Assign: { video: 1 }, Output: "{% $vido & $vidoo %}" }) });
  expect(mend(variable, "Nothing assigns the variable $vido", "/States/A/Output")?.[1]).toEqual(
    machine({ A: pass({ Assign: { video: 1 }, Output: "{% $video & $vidoo %}" }) }),
  );
});

it("States.ALL is put last and alone", () => {
  const catches = [
    { ErrorEquals: ["States.ALL", "X"], Next: "A" },
    { ErrorEquals: ["Y"], Next: "A" },
  ];
  const [, mended] =
    mend(
      machine({ A: { Type: "Task", Catch: catches } }),
      "States.ALL must stand alone, and last",
      "/States/A/Catch/0/ErrorEquals",
    ) ?? [];
  expect(mended).toEqual(
    machine({ A: { Type: "Task", Catch: [catches[1] ?? {}, { ErrorEquals: ["States.ALL"], Next: "A" }] } }),
  );
});

it("a state that nothing leads to can be deleted", () => {
  const [label, mended] =
    mend(
      machine({ A: pass({ End: true }), B: pass({ End: true }) }),
      "State 'B' is not reachable.",
      "/States/B",
    ) ?? [];
  expect(label).toBe("Delete “B”");
  expect(mended).toEqual(machine({ A: pass({ End: true }) }));
});

it("where nothing is known nothing is offered", () => {
  expect(mend(machine({ A: pass({}) }), "Something else", "/States/A")).toBeNull();
  expect(nearest("Zebra", ["Apple", "Done"])).toBeNull();
});
