import type { IconName } from "./icons.tsx";

const types: Record<string, IconName> = {
  Choice: "split",
  Parallel: "columns-3",
  Map: "layers",
  Wait: "hourglass",
  Pass: "braces",
  Succeed: "circle-check-big",
  Fail: "octagon-x",
  Task: "cloud",
};

/* Looked up from the top: the first part that the Resource contains decides. */
const resources: readonly (readonly [part: string, icon: IconName])[] = [
  [":model:invoke", "sparkles"],
  ["bedrockruntime:converse", "sparkles"],
  ["bedrockruntime:applyguardrail", "shield-check"],
  [":bedrock:", "brain-circuit"],
  ["bedrock", "brain-circuit"],
  [":approval:", "user-check"],
  [":email:", "mail"],
  ["aws-sdk:sesv2", "mail"],
  [":http:invoke", "globe"],
  [":function:invoke", "square-code"],
  [":states:startexecution", "workflow"],
  ["sfn:startexecution", "workflow"],
  [":activity:", "hard-hat"],
  [":lambda:", "square-function"],
  [":s3:", "archive"],
  [":dynamodb:", "database"],
  [":sns:", "megaphone"],
  [":sqs:", "list-end"],
  [":events:", "radio-tower"],
  [":eventbridge:", "radio-tower"],
  [":transcribe:", "audio-lines"],
];

/** The icon of a state: its integration's for a Task, else its type's. */
export function stateIcon(type: string, resource?: string | null): IconName {
  if (type === "Task" && resource) {
    const lower = resource.toLowerCase();
    for (const [part, icon] of resources) if (lower.includes(part)) return icon;
    return "cloud";
  }
  return types[type] ?? "braces";
}
