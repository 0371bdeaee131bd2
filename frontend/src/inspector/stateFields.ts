import { argumentsOf, isDistributed } from "@/asl/card.ts";
import type { JsonObject, QueryLanguage } from "@/asl/types.ts";
import { processorField, typeOf } from "@/asl/walk.ts";
import { KNOWN_ERRORS } from "@/asl/words.ts";
import { schemaFields, type FieldSpec } from "@/inspector/spec.ts";

export type InspectorTab = "configuration" | "inout" | "variables" | "errors";

/** The fields of a state by tab, each with the path of the object it stands in. */
export interface Section {
  readonly tab: InspectorTab;
  readonly at: readonly (string | number)[];
  readonly fields: readonly FieldSpec[];
  readonly title?: string;
}

const comment: FieldSpec = { key: "Comment", label: "Comment", kind: "long", plain: true };
const next: FieldSpec = { key: "Next", label: "Next state", kind: "state", plain: true };
const timeout: FieldSpec = {
  key: "TimeoutSeconds",
  label: "Time limit",
  kind: "number",
  seconds: true,
  pathKey: "TimeoutSecondsPath",
  hint: "Then it fails with “time is up”.",
};
const heartbeat: FieldSpec = {
  key: "HeartbeatSeconds",
  label: "Heartbeat every",
  kind: "number",
  seconds: true,
  pathKey: "HeartbeatSecondsPath",
};

export const RETRIER: readonly FieldSpec[] = [
  {
    key: "ErrorEquals",
    label: "Errors",
    kind: "strings",
    item: "Error",
    plain: true,
    suggestions: KNOWN_ERRORS,
  },
  { key: "MaxAttempts", label: "Attempts", kind: "number", fallback: 3, plain: true },
  { key: "IntervalSeconds", label: "First wait", kind: "number", seconds: true, fallback: 1, plain: true },
  { key: "BackoffRate", label: "Each wait times", kind: "number", fallback: 2, plain: true },
  { key: "MaxDelaySeconds", label: "Longest wait", kind: "number", seconds: true, plain: true },
  {
    key: "JitterStrategy",
    label: "Jitter",
    kind: "select",
    plain: true,
    fallback: "NONE",
    options: [
      { value: "NONE", label: "None" },
      { value: "FULL", label: "Full" },
    ],
  },
];

export function catcher(language: QueryLanguage): FieldSpec[] {
  return [
    {
      key: "ErrorEquals",
      label: "Errors",
      kind: "strings",
      item: "Error",
      plain: true,
      suggestions: KNOWN_ERRORS,
    },
    { key: "Next", label: "Go on with", kind: "state", plain: true },
    language === "JSONata"
      ? { key: "Output", label: "Output", kind: "json", hint: "Default: the error and its cause." }
      : { key: "ResultPath", label: "Put the error at", kind: "text", plain: true, fallback: "$" },
  ];
}

/** The forms of a state. `schema` describes the arguments of its integration, when the catalog has it. */
export function sectionsOf(state: JsonObject, language: QueryLanguage, schema: JsonObject | null): Section[] {
  const type = typeOf(state);
  const jsonata = language === "JSONata";
  const configuration = (fields: readonly FieldSpec[], at: Section["at"] = [], title?: string): Section => ({
    tab: "configuration",
    at,
    fields,
    ...(title === undefined ? {} : { title }),
  });
  const inout = inputOutput(state, language);
  switch (type) {
    case "Task": {
      const field = jsonata || "Arguments" in state ? "Arguments" : "Parameters";
      const known = schema ? schemaFields(schema) : fieldsLike(argumentsOf(state));
      return [
        configuration(known, [field]),
        configuration([
          timeout,
          heartbeat,
          {
            key: "Resource",
            label: "Resource",
            kind: "text",
            plain: true,
            required: true,
            hint: "What this state calls, as an ARN.",
          },
          {
            key: "Credentials",
            label: "Credentials",
            kind: "json",
            hint: "RoleArn names the AWS connection that it calls with; without it, the server’s own.",
          },
          next,
          comment,
        ]),
        ...inout,
      ];
    }
    case "Pass":
      return [
        configuration(
          jsonata
            ? [
                { key: "Output", label: "Output", kind: "json", hint: "Without it the input is passed on." },
                next,
                comment,
              ]
            : [
                {
                  key: "Result",
                  label: "Result",
                  kind: "json",
                  plain: true,
                  hint: "Without it the input is passed on.",
                },
                next,
                comment,
              ],
        ),
        ...inout.map((section) => ({
          ...section,
          fields: section.fields.filter(({ key }) => !(jsonata && key === "Output")),
        })),
      ];
    case "Wait":
      return [configuration([next, comment]), ...inout];
    case "Succeed":
      return [
        configuration(
          jsonata
            ? [
                { key: "Output", label: "Output", kind: "json", hint: "Without it the input is the result." },
                comment,
              ]
            : [comment],
        ),
        ...inout.filter(({ tab, title }) => !jsonata || tab !== "inout" || title !== "Output"),
      ];
    case "Fail":
      return [
        configuration([
          {
            key: "Error",
            label: "Error",
            kind: "text",
            pathKey: "ErrorPath",
            hint: "A name that Retry and Catch can match.",
          },
          {
            key: "Cause",
            label: "Cause",
            kind: "long",
            pathKey: "CausePath",
            hint: "A sentence for people.",
          },
          comment,
        ]),
      ];
    case "Parallel":
      return [configuration([next, comment]), ...inout];
    case "Map": {
      const processor = processorField(state);
      return [
        configuration([
          jsonata
            ? {
                key: "Items",
                label: "Items",
                kind: "json",
                hint: "The list to go through. Default: the input.",
              }
            : {
                key: "ItemsPath",
                label: "Items",
                kind: "text",
                plain: true,
                fallback: "$",
                hint: "Where the list is.",
              },
          {
            key: "MaxConcurrency",
            label: "At once",
            kind: "number",
            pathKey: "MaxConcurrencyPath",
            hint: "0 or nothing: as many as the workspace allows.",
          },
          { key: "ItemSelector", label: "Each item gets", kind: "json", hint: "Default: the item itself." },
          {
            key: "ToleratedFailurePercentage",
            label: "Failures tolerated, percent",
            kind: "number",
            pathKey: "ToleratedFailurePercentagePath",
          },
          {
            key: "ToleratedFailureCount",
            label: "Failures tolerated, items",
            kind: "number",
            pathKey: "ToleratedFailureCountPath",
          },
        ]),
        configuration(
          [
            {
              key: "Mode",
              label: "Mode",
              kind: "select",
              plain: true,
              fallback: "INLINE",
              options: [
                { value: "INLINE", label: "Inline" },
                { value: "DISTRIBUTED", label: "Distributed" },
              ],
            },
            ...(isDistributed(state)
              ? [
                  {
                    key: "ExecutionType",
                    label: "Each item runs as",
                    kind: "select",
                    plain: true,
                    options: [
                      { value: "STANDARD", label: "Standard" },
                      { value: "EXPRESS", label: "Express" },
                    ],
                  } as const,
                ]
              : []),
          ],
          [processor, "ProcessorConfig"],
        ),
        configuration([
          ...(isDistributed(state)
            ? ([
                { key: "ItemReader", label: "Item reader", kind: "json" },
                { key: "ItemBatcher", label: "Item batcher", kind: "json" },
                { key: "ResultWriter", label: "Result writer", kind: "json" },
                { key: "Label", label: "Label", kind: "text", plain: true },
              ] as const)
            : []),
          next,
          comment,
        ]),
        ...inout,
      ];
    }
    case "Choice":
      return [configuration([comment]), ...inout];
    default:
      return [];
  }
}

/** Without a schema: a field for each argument that is there, by the kind of its value. */
function fieldsLike(args: JsonObject): FieldSpec[] {
  return Object.entries(args).map(([name, value]) => {
    const key = name.replace(/\.\$$/, "");
    const kind =
      typeof value === "string"
        ? "text"
        : typeof value === "number"
          ? "number"
          : typeof value === "boolean"
            ? "boolean"
            : "json";
    return { key, label: key, kind };
  });
}

function inputOutput(state: JsonObject, language: QueryLanguage): Section[] {
  const type = typeOf(state);
  const calls = type === "Task" || type === "Parallel";
  const results = calls || type === "Map";
  const assign: FieldSpec = {
    key: "Assign",
    label: "Set variables",
    kind: "pairs",
    item: "Variable",
    hint: "Later states read them as $name.",
  };
  const variables: Section[] =
    type === "Succeed" || type === "Fail" ? [] : [{ tab: "variables", at: [], fields: [assign] }];
  if (language === "JSONata")
    return [
      {
        tab: "inout",
        title: "Input",
        at: [],
        fields: calls
          ? [
              {
                key: "Arguments",
                label: "Arguments, whole",
                kind: "json",
                hint: "What is handed over. Default: the input.",
              },
            ]
          : [],
      },
      {
        tab: "inout",
        title: "Output",
        at: [],
        fields: [
          {
            key: "Output",
            label: "Output",
            kind: "json",
            hint: results
              ? "Default: the result. Use $states.result and $states.input."
              : "Default: the input.",
          },
        ],
      },
      ...variables,
    ];
  const path = (key: string, label: string, hint: string): FieldSpec => ({
    key,
    label,
    kind: "text",
    plain: true,
    fallback: "$",
    hint,
  });
  return [
    {
      tab: "inout",
      title: "Input",
      at: [],
      fields: [
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
      ],
    },
    {
      tab: "inout",
      title: "Output",
      at: [],
      fields: [
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
                "Where the result is put in the input. Empty text: replaces it.",
              ),
            ]
          : []),
        path("OutputPath", "Output path", "Which part is handed on."),
      ],
    },
    ...variables,
  ];
}
