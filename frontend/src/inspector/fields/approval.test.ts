import { expect, it } from "vitest";
import { schemaFields } from "@/inspector/spec.ts";
import { approvalFields } from "./approval.ts";

const FIELDS = approvalFields(
  schemaFields({
    required: ["Question"],
    properties: {
      Fields: { type: "array", "x-group": "advanced" },
      VotesNeeded: { type: "integer", minimum: 1, "x-group": "advanced" },
      ExpiresInSeconds: { type: "integer", minimum: 1, maximum: 31_536_000 },
      Choices: { type: "array", items: { properties: { Value: { type: "string" } } } },
      Approvers: { type: "array", format: "email-list", items: { type: "string" } },
      Question: { type: "string" },
    },
  }),
);
const check = (key: string, value: unknown, approval: object = {}) =>
  FIELDS.find((field) => field.key === key)?.check?.(value as never, approval as never) ?? null;

it("asks in the order in which people think, with what is seldom wanted at the end", () => {
  expect(FIELDS.map(({ key }) => key)).toEqual([
    "Question",
    "Approvers",
    "VotesNeeded",
    "Choices",
    "ExpiresInSeconds",
    "Fields",
  ]);
  expect(FIELDS.filter(({ advanced }) => advanced).map(({ key }) => key)).toEqual(["Fields"]);
});

it("says what to do about what cannot be", () => {
  expect(check("Question", "")).toBe("Write what is asked.");
  expect(check("Approvers", [])).toBe("Name at least one person or group.");
  expect(check("VotesNeeded", 3, { Approvers: ["a", "b"] })).toBe(
    "Only 2 people are asked. Ask more, or need fewer votes.",
  );
  expect(check("VotesNeeded", 3, { Approvers: ["a", "group:Editors"] })).toBeNull();
  expect(check("Choices", [{ Value: "A" }, { Value: "A" }])).toBe(
    "“A” is there twice. Give each answer a value of its own.",
  );
  expect(check("ExpiresInSeconds", 40_000_000)).toBe("Choose 365 days or less.");
  expect(check("ExpiresInSeconds", 0)).toBe("Choose 1 s or more.");
});
