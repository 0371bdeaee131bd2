import { expect, it } from "vitest";
import { sectionsOf } from "./sections.ts";

const labels = (state: Record<string, string>, language: "JSONata" | "JSONPath") =>
  sectionsOf(state, language, null).flatMap(({ fields }) => fields.map(({ label }) => label));

it("shows what a task calls and with which credentials, in both languages", () => {
  const task = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke" };
  for (const language of ["JSONata", "JSONPath"] as const)
    expect(labels(task, language)).toEqual(expect.arrayContaining(["Resource", "Credentials", "Time limit"]));
});
