import { expect, it } from "vitest";
import { tokensOf } from "./expressionTokens.ts";

it("tells texts, variables, functions and numbers apart", () => {
  expect(tokensOf("'Which title for ' & $video.name & $count([1, true])", "JSONata")).toEqual([
    { kind: "string", text: "'Which title for '" },
    { kind: "plain", text: " & " },
    { kind: "variable", text: "$video.name" },
    { kind: "plain", text: " & " },
    { kind: "function", text: "$count" },
    { kind: "plain", text: "([" },
    { kind: "number", text: "1" },
    { kind: "plain", text: ", " },
    { kind: "keyword", text: "true" },
    { kind: "plain", text: "])" },
  ]);
  expect(tokensOf("States.Format('{} of', $.a.b)", "JSONPath").map(({ kind }) => kind)).toEqual([
    "function",
    "plain",
    "string",
    "plain",
    "variable",
    "plain",
  ]);
});

it("loses no letter, whatever half-typed text it is given", () => {
  for (const text of ["'open", "$", "$$.x[", "/* never ends", "ä & \n\t§", "a ? b : c", "$f(", "1e", ""])
    for (const language of ["JSONata", "JSONPath"] as const)
      expect(
        tokensOf(text, language)
          .map((token) => token.text)
          .join(""),
      ).toBe(text);
});
