import type { JsonObject, QueryLanguage } from "@/asl/types.ts";
import { typeOf } from "@/asl/walk.ts";
import type { Section } from "@/inspector/fields/tabs.ts";
import type { FieldSpec } from "@/inspector/spec.ts";

export const ASSIGN: FieldSpec = {
  key: "Assign",
  label: "Set variables",
  kind: "pairs",
  item: "Variable",
  hint: "Later states read them as $name.",
};

/** The fields that say what a state takes of its input and makes of its result, and the variables it sets. */
export function inputOutput(state: JsonObject, language: QueryLanguage): Section[] {
  const type = typeOf(state);
  // A Fail state has neither; Pass and Succeed make their output on the first tab.
  if (type === "Fail") return [];
  const fields = language === "JSONata" ? jsonata(type) : jsonpath(type);
  return [
    { tab: "inout", at: [], fields },
    ...(type === "Succeed" ? [] : [{ tab: "variables" as const, at: [], fields: [ASSIGN] }]),
  ];
}

function jsonata(type: string | null): FieldSpec[] {
  const calls = type === "Task" || type === "Parallel";
  if (type === "Pass" || type === "Succeed") return [];
  return [
    ...(calls
      ? [
          {
            key: "Arguments",
            label: type === "Task" ? "Arguments, whole" : "Arguments",
            kind: "json",
            hint: "What is handed over. Default: the input.",
          } as const,
        ]
      : []),
    {
      key: "Output",
      label: "Output",
      kind: "json",
      hint:
        calls || type === "Map"
          ? "Default: the result. Use $states.result and $states.input."
          : "Default: the input.",
    },
  ];
}

function jsonpath(type: string | null): FieldSpec[] {
  const calls = type === "Task" || type === "Parallel";
  const results = calls || type === "Map";
  const path = (key: string, label: string, hint: string): FieldSpec => ({
    key,
    label,
    kind: "text",
    plain: true,
    fallback: "$",
    hint,
  });
  return [
    path("InputPath", "Input path", "Which part of the input is used."),
    ...(calls || type === "Pass"
      ? [
          {
            key: "Parameters",
            label: "Parameters",
            kind: "json",
            hint: "Keys that end in .$ take their value from a path.",
          } as const,
        ]
      : []),
    ...(results
      ? [
          {
            key: "ResultSelector",
            label: "Result selector",
            kind: "json",
            hint: "What is kept of the result.",
          } as const,
        ]
      : []),
    ...(results || type === "Pass"
      ? [
          path(
            "ResultPath",
            "Result path",
            "Where the result is put in the input. Left empty, it replaces the input.",
          ),
        ]
      : []),
    path("OutputPath", "Output path", "Which part is handed on."),
  ];
}
