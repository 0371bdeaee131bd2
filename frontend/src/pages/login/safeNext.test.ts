import { expect, it } from "vitest";
import { safeNext } from "./safeNext.ts";

it("goes on to an address of this server only", () => {
  expect(safeNext("/executions/1?view=table")).toBe("/executions/1?view=table");
  for (const bad of [
    null,
    "",
    "https://example.org/",
    "//example.org",
    "/\\example.org",
    "javascript:1",
    "/login",
  ]) {
    expect(safeNext(bad)).toBe("/workflows");
  }
});
