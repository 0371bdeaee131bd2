import { expect, it } from "vitest";
import { asProblem, Problem, problemFrom, unreachable } from "./problem.ts";

it("keeps what a problem document says, extras included", () => {
  const problem = problemFrom(
    409,
    JSON.stringify({
      type: "about:blank",
      title: "Stale",
      status: 409,
      detail: "Saved by Maya.",
      current_revision: 42,
    }),
  );
  expect(problem.status).toBe(409);
  expect(problem.message).toBe("Stale: Saved by Maya.");
  expect(problem.extra["current_revision"]).toBe(42);
});

it("finds the sentence of a field, with line and column where there are any", () => {
  const problem = new Problem(400, {
    title: "Invalid",
    errors: [
      { field: "name", message: "A name is needed." },
      { field: "input_text", message: "A comma is missing.", line: 3, column: 7 },
    ],
  });
  expect(problem.field("name")).toBe("A name is needed.");
  expect(problem.field("input_text")).toBe("Line 3, column 7: A comma is missing.");
  expect(problem.field("other")).toBeNull();
  expect(problem.sentence).toBe("A name is needed.");
});

it("names an answer that is no problem document by its status", () => {
  expect(problemFrom(502, "<html>Bad gateway</html>").title).toBe("The server cannot be reached");
  expect(problemFrom(418, "").title).toBe("The server answered 418");
  expect(problemFrom(500, "[]").title).toBe("The server answered 500");
});

it("makes one kind of error of everything thrown", () => {
  expect(asProblem(new TypeError("x is undefined")).detail).toBe("x is undefined");
  expect(unreachable(new TypeError("Failed to fetch")).status).toBe(0);
  const problem = new Problem(404, {});
  expect(asProblem(problem)).toBe(problem);
});
