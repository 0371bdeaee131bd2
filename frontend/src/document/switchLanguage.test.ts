import { expect, it } from "vitest";

import { boundToLanguage, freeOfLanguage, switchLanguage } from "@/document/commands/switchLanguage.ts";
import { openDocument } from "@/document/document.ts";

const JSONPATH = {
  StartAt: "Ask",
  States: {
    Ask: { Type: "Task", Resource: "r", Parameters: { "a.$": "$.a" }, Next: "Each" },
    Each: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "Reshape",
        States: {
          Reshape: { Type: "Pass", ResultPath: null, Next: "Plain" },
          Plain: { Type: "Pass", End: true },
        },
      },
      Next: "Own",
    },
    Own: { Type: "Pass", QueryLanguage: "JSONata", Output: "{% 1 %}", Next: "Which" },
    Which: { Type: "Choice", Choices: [{ Variable: "$.a", IsNull: true, Next: "Rest" }], Default: "Rest" },
    Rest: { Type: "Wait", SecondsPath: "$.s", End: true },
  },
};

it("finds the states that would not work in the other language, inner ones by themselves", () => {
  const names = boundToLanguage(JSONPATH).map((path) => path.at(-1));
  expect(names.sort()).toEqual(["Ask", "Reshape", "Rest", "Which"]);
  const jsonata = {
    QueryLanguage: "JSONata",
    States: {
      A: { Type: "Wait", Seconds: "{% 1 + 1 %}" },
      B: { Type: "Wait", Seconds: 2 },
      C: { Type: "Choice", Choices: [{ Condition: true, Next: "B" }] },
    },
  };
  expect(boundToLanguage(jsonata).map((path) => path.at(-1))).toEqual(["A", "C"]);
});

it("gives the other states of a JSONPath machine JSONata, since a JSONata machine holds no JSONPath", () => {
  const document = openDocument(JSON.stringify(JSONPATH, null, 2));
  const bound = boundToLanguage(document.definition);
  const { definition } = switchLanguage(document, "JSONata", bound);
  const own = { QueryLanguage: "JSONata" };
  expect(definition["QueryLanguage"]).toBeUndefined();
  expect(definition["States"]).toEqual({
    ...JSONPATH.States,
    Each: {
      ...JSONPATH.States.Each,
      ...own,
      ItemProcessor: {
        ...JSONPATH.States.Each.ItemProcessor,
        States: { ...JSONPATH.States.Each.ItemProcessor.States, Plain: { Type: "Pass", End: true, ...own } },
      },
    },
  });
  expect(freeOfLanguage(definition)).toEqual([]);
});

it("gives states of a JSONata machine JSONata as their own where the machine becomes JSONPath", () => {
  const document = openDocument(
    '{"QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": 1}, "B": {"Type": "Pass"}}}',
  );
  const { definition } = switchLanguage(document, "JSONPath", boundToLanguage(document.definition));
  expect(definition).toEqual({
    QueryLanguage: "JSONPath",
    States: { A: { Type: "Pass", QueryLanguage: "JSONata", Output: 1 }, B: { Type: "Pass" } },
  });
  expect(switchLanguage(document, "JSONPath", []).definition["QueryLanguage"]).toBe("JSONPath");
});
