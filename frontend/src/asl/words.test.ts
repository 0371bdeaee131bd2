import { describe, expect, it } from "vitest";

import {
  errorInWords,
  errorsInWords,
  isExpression,
  operatorInWords,
  ruleInWords,
  RULE_OPERATORS,
  secondsInWords,
  short,
} from "@/asl/words.ts";

describe("a Choice Rule in words", () => {
  it.each([
    [{ Variable: "$.job.status", StringEquals: "COMPLETED" }, "status is COMPLETED"],
    [{ Variable: "$.count", NumericLessThanEquals: 3 }, "count is at most 3"],
    [{ Variable: "$.at", TimestampGreaterThan: "2026-01-01T00:00:00Z" }, "at is after 2026-01-01T00:00:00Z"],
    [{ Variable: "$.one", NumericGreaterThanPath: "$.two" }, "one is more than two"],
    [{ Variable: "$.name", StringMatches: "a*" }, "name is like a*"],
    [{ Variable: "$.ready", BooleanEquals: true }, "ready is true"],
    [{ Variable: "$.name", StringEquals: "" }, "name is empty"],
    [{ Variable: "$.x", IsPresent: true }, "x is there"],
    [{ Variable: "$.x", IsPresent: false }, "x is not there"],
    [{ Variable: "$", IsNull: false }, "input is not null"],
    [{ Variable: "$.items[0].name", StringEquals: "a" }, "name is a"],
  ])("of JSONPath: %j is %j", (rule, words) => {
    expect(ruleInWords(rule)).toBe(words);
  });

  it("joins rules inside it as they are joined", () => {
    const [one, two] = [
      { Variable: "$.a", NumericEquals: 1 },
      { Variable: "$.b", NumericEquals: 2 },
    ];
    expect(ruleInWords({ And: [one, two], Next: "X" })).toBe("a is 1 and b is 2");
    expect(ruleInWords({ Or: [one, two], Next: "X" })).toBe("a is 1 or b is 2");
    expect(ruleInWords({ Not: one, Next: "X" })).toBe("not: a is 1");
  });

  it.each([
    ["{% $states.input.answer = 'Again' %}", "answer is Again"],
    ["{% $job.status != 'DONE' %}", "status is not DONE"],
    ["{% $n >= 3 and $m < 2 %}", "n is at least 3 and m is less than 2"],
    ["{%  %}", "no condition yet"],
  ])("of JSONata: %s is %j", (condition, words) => {
    expect(ruleInWords({ Condition: condition })).toBe(words);
  });

  it("is the comment where somebody wrote a short one", () => {
    expect(ruleInWords({ Comment: "not yet", Condition: "{% $x %}" })).toBe("not yet");
    expect(ruleInWords({ Comment: "a".repeat(41), Condition: "{% $x %}" })).toBe("x");
  });

  it("says so where there is nothing to decide by", () => {
    expect(ruleInWords({ Next: "X" })).toBe("no condition yet");
  });

  it("has a phrase for each operator, none of them in capitals", () => {
    for (const operator of RULE_OPERATORS) expect(operatorInWords(operator)).toMatch(/^[a-z][a-z ]+$/);
  });
});

describe("errors in words", () => {
  it("the language's own have words, a status its number, all others their name", () => {
    expect(errorInWords("States.ALL")).toBe("any error");
    expect(errorInWords("States.Timeout")).toBe("time is up");
    expect(errorInWords("States.Http.StatusCode.503")).toBe("status 503");
    expect(errorInWords("Bedrock.ThrottlingException")).toBe("Bedrock.ThrottlingException");
  });

  it("a Catcher is named by all it answers to, and by its lack of any", () => {
    expect(errorsInWords({ ErrorEquals: ["States.Timeout", "Own"] })).toBe("time is up, Own");
    expect(errorsInWords({})).toBe("no error named");
  });
});

describe("small words", () => {
  it.each([
    [0.34, "0.3 s"],
    [20, "20 s"],
    [60, "1 min"],
    [125, "2 min 5 s"],
    [3600, "1 hour"],
    [7260, "2 hours 1 min"],
    [86400, "1 day"],
    [194400, "2 days 6 hours"],
  ])("%d seconds are %j", (seconds, words) => {
    expect(secondsInWords(seconds)).toBe(words);
  });

  it("cuts a text to its length, the ellipsis included, and leaves a short one alone", () => {
    expect(short("x".repeat(28))).toBe("x".repeat(28));
    expect(short("x".repeat(29))).toBe("x".repeat(27) + "…");
  });

  it("an expression is what stands whole between its marks", () => {
    expect(isExpression("{% $x %}")).toBe(true);
    expect(isExpression("a {% $x %}")).toBe(false);
    expect(isExpression(1)).toBe(false);
  });
});
