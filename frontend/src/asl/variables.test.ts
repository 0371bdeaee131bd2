import { expect, it } from "vitest";

import { variablesRead } from "@/asl/variables.ts";

it("finds what is read in a state and in those inside it, comments aside", () => {
  const state = {
    Type: "Map",
    Comment: "{% $no %}",
    Items: "{% $items %}",
    ItemSelector: { Comment: "{% $said %}" },
    ItemProcessor: {
      StartAt: "A",
      States: { A: { Type: "Pass", Output: ["{% $inner & $states.input %}", "$text"], End: true } },
    },
  };
  expect([...variablesRead(state, "JSONata")].sort()).toEqual(["inner", "items", "said"]);
  const paths = {
    Type: "Pass",
    Parameters: { "a.$": "$one.b", "c.$": "States.Array($two)", d: "no $three" },
  };
  expect([...variablesRead(paths, "JSONPath")].sort()).toEqual(["one", "two"]);
});
