import { describe, expect, it } from "vitest";

import { contextRead, withVariables } from "@/asl/expressionReads.ts";

const names = new Map([["x", "x_2"]]);

describe("variables in expressions", () => {
  it.each([
    ["{% $x + $xy.x %}", "{% $x_2 + $xy.x %}"],
    ["{% \"$x\" & '$x' & $x %}", "{% \"$x\" & '$x' & $x_2 %}"],
    ["{% $contains($x, /['\"]$x/) and $x %}", "{% $contains($x_2, /['\"]$x/) and $x_2 %}"],
    ["{% /* $x */ $x / 2 / $x %}", "{% /* $x */ $x_2 / 2 / $x_2 %}"],
    ["{% $$.x & `$x` & $x[0] %}", "{% $$.x & `$x` & $x_2[0] %}"],
    ["{% ($f := function($x) { $x }; $f($x)) %}", "{% ($f := function($x_2) { $x_2 }; $f($x_2)) %}"],
  ])("are called otherwise in JSONata, texts and patterns aside: %s", (before, after) => {
    expect(withVariables(before, "JSONata", names)).toBe(after);
  });

  it.each([
    ["$x.items[0]", "$x_2.items[0]"],
    ["$.x", "$.x"],
    ["$$.Execution.x", "$$.Execution.x"],
    ["States.Format('$x {}', $x, $.x)", "States.Format('$x {}', $x_2, $.x)"],
  ])("are called otherwise in JSONPath: %s", (before, after) => {
    expect(withVariables(before, "JSONPath", names)).toBe(after);
  });
});

describe("the Context Object", () => {
  it("is read by its fields, or as a whole", () => {
    expect(contextRead("{% $states.context.Execution.Id & $states.input.context %}", "JSONata")).toEqual([
      "Execution",
    ]);
    expect(contextRead("{% $states.context %}", "JSONata")).toEqual([""]);
    expect(contextRead("{% $keys($states) %}", "JSONata")).toEqual([""]);
    expect(contextRead("$$.Map.Item.Value", "JSONPath")).toEqual(["Map"]);
    expect(contextRead("$$['Execution'].Input", "JSONPath")).toEqual(["Execution"]);
    expect(contextRead("$.a.b", "JSONPath")).toEqual([]);
  });
});
