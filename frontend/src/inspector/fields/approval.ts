import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import type { FieldSpec } from "@/inspector/spec.ts";

export const APPROVAL = "arn:cuelight:states:::approval:request";

const ORDER = ["Question", "Approvers", "VotesNeeded", "Details", "Choices", "ExpiresInSeconds", "Comment"];

/** The fields of an approval in the order in which people think of them, each with a control of its own. */
export function approvalFields(fields: readonly FieldSpec[]): FieldSpec[] {
  const rank = ({ key }: FieldSpec) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  return [...fields].sort((one, other) => rank(one) - rank(other)).map(asAsked);
}

function asAsked(field: FieldSpec): FieldSpec {
  const { advanced: _, ...shown } = field;
  switch (field.key) {
    case "Question":
      return { ...field, check: (value) => (value === "" ? "Write what is asked." : null) };
    case "Approvers":
      return {
        ...field,
        check: (value) =>
          Array.isArray(value) && value.length === 0 ? "Name at least one person or group." : null,
      };
    case "VotesNeeded":
      return { ...shown, kind: "votes", check: tooManyVotes };
    case "Choices":
      return { ...field, kind: "answers", check: (value) => sameAnswer(value) };
    case "RequesterMayDecide":
      return { ...shown, label: "Requester may not decide", inverted: true, plain: true };
    default:
      return field;
  }
}

/** Whether a group is among those who are asked. */
export function asksGroup(approvers: readonly Json[]): boolean {
  return approvers.some((name) => String(name).startsWith("group:"));
}

function tooManyVotes(votes: Json | undefined, approval: JsonObject): string | null {
  const people = approval["Approvers"];
  // How many people a group has is known when they are asked.
  if (!Array.isArray(people) || asksGroup(people)) return null;
  const asked = new Set(people).size;
  return typeof votes === "number" && votes > asked && asked > 0
    ? `Only ${asked} ${asked === 1 ? "person is" : "people are"} asked. Ask more, or need fewer votes.`
    : null;
}

function sameAnswer(answers: Json | undefined): string | null {
  if (!Array.isArray(answers)) return null;
  const values = answers.map((answer) => (isObject(answer) ? String(answer["Value"] ?? "") : ""));
  if (values.includes("")) return "Give each answer a value: it is what the output carries.";
  const twice = values.find((value, index) => values.indexOf(value) < index);
  return twice === undefined ? null : `“${twice}” is there twice. Give each answer a value of its own.`;
}
