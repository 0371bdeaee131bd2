import { describe, expect, it } from "vitest";

import { adaptLanguage } from "@/document/adapt.ts";

const task = { Type: "Task", Resource: "r", Arguments: {}, End: true };
const box = {
  startAt: "Box",
  states: {
    Box: {
      Type: "Parallel",
      Branches: [{ StartAt: "In", States: { In: task, Still: { Type: "Pass", End: true } } }],
      End: true,
    },
  },
};

describe("a fragment in JSONata", () => {
  it("stays as it is in a machine that speaks JSONata", () => {
    expect(adaptLanguage({ QueryLanguage: "JSONata" }, box)).toBe(box);
  });

  it("is marked state by state in one that speaks JSONPath: those in boxes do not take it over", () => {
    const { Box } = adaptLanguage({}, box).states;
    expect(Box).toEqual({
      Type: "Parallel",
      Branches: [
        {
          StartAt: "In",
          States: {
            In: { ...task, QueryLanguage: "JSONata" },
            Still: { Type: "Pass", End: true },
          },
        },
      ],
      End: true,
    });
  });

  it("marks the box too where it speaks for itself", () => {
    const map = {
      Type: "Map",
      Items: [1, 2],
      ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, StartAt: "In", States: { In: task } },
      End: true,
    };
    const { Each } = adaptLanguage(
      { QueryLanguage: "JSONPath" },
      { startAt: "Each", states: { Each: map } },
    ).states;
    expect(Object.keys(Each ?? {})).toEqual(["Type", "QueryLanguage", "Items", "ItemProcessor", "End"]);
    expect(Each?.["ItemProcessor"]).toMatchObject({ States: { In: { QueryLanguage: "JSONata" } } });
  });
});
