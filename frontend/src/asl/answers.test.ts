import { expect, it } from "vitest";
import { whereAnswersLead } from "./answers.ts";

const choice = (rules: unknown, more: object = {}) =>
  ({ "Which?": { Type: "Choice", Choices: rules, ...more } }) as never;
const leads = (states: never, next: object = { Next: "Which?" }) =>
  Object.fromEntries(
    [...whereAnswersLead(states, { Type: "Task", ...next } as never, ["A", "Again"])].map(
      ([value, { to }]) => [value, to],
    ),
  );

it("follows the rule that names the answer, else the default", () => {
  const jsonata = choice([{ Condition: "{% $choice = 'Again' %}", Next: "Write" }], { Default: "Done" });
  const jsonpath = choice([{ Variable: "$.Choice", StringEquals: "Again", Next: "Write" }], {
    Default: "Done",
  });
  expect(leads(jsonata)).toEqual({ A: "Done", Again: "Write" });
  expect(leads(jsonpath)).toEqual({ A: "Done", Again: "Write" });
});

it("reads lists and alternatives of answers", () => {
  const among = choice([{ Condition: "{% $states.input.Choice in ['A', \"B\"] %}", Next: "Done" }], {
    Default: "Write",
  });
  const either = choice([{ Or: [{ StringEquals: "A" }, { StringEquals: "B" }], Next: "Done" }], {
    Default: "Write",
  });
  expect(leads(among)).toEqual({ A: "Done", Again: "Write" });
  expect(leads(either)).toEqual({ A: "Done", Again: "Write" });
});

it("names the Choice state itself where a rule asks for more than the answer, and never guesses", () => {
  expect(leads(choice([{ Condition: "{% $count($votes) > 2 %}", Next: "X" }], { Default: "Done" }))).toEqual({
    A: "Which?",
    Again: "Which?",
  });
  expect(leads(choice([{ Condition: "{% $choice != 'A' %}", Next: "X" }], { Default: "Done" }))["A"]).toBe(
    "Which?",
  );
});

it("leads everywhere to the next state where no Choice follows, and to the end where nothing does", () => {
  expect(leads({} as never, { Next: "Done" })).toEqual({ A: "Done", Again: "Done" });
  expect(leads({} as never, { End: true })).toEqual({ A: null, Again: null });
});
