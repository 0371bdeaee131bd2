import { argumentsOf } from "@/asl/card.ts";
import type { JsonObject, QueryLanguage } from "@/asl/types.ts";
import { typeOf } from "@/asl/walk.ts";
import { plainName } from "@/asl/words.ts";
import { APPROVAL, approvalFields } from "@/inspector/fields/approval.ts";
import { COMMENT, NEXT } from "@/inspector/fields/anyState.ts";
import { inputOutput } from "@/inspector/fields/inputOutput.ts";
import { configuration, type Section } from "@/inspector/fields/tabs.ts";
import { schemaFields, type FieldSpec } from "@/inspector/spec.ts";

/** The forms of a state. `schema` describes the arguments of its integration, when the catalog has it. */
export function sectionsOf(state: JsonObject, language: QueryLanguage, schema: JsonObject | null): Section[] {
  const inout = inputOutput(state, language);
  switch (typeOf(state)) {
    case "Task":
      return [...task(state, language, schema), ...inout];
    case "Pass":
      return [configuration([made(language), NEXT, COMMENT]), ...inout];
    case "Succeed":
      return [configuration(language === "JSONata" ? [OUTPUT, COMMENT] : [COMMENT]), ...inout];
    case "Fail":
      return [configuration([ERROR, CAUSE, COMMENT])];
    case "Choice":
      return [configuration([COMMENT]), ...inout];
    case "Wait":
    case "Parallel":
    case "Map":
      return [configuration([NEXT, COMMENT]), ...inout];
    default:
      return [];
  }
}

function task(state: JsonObject, language: QueryLanguage, schema: JsonObject | null): Section[] {
  const field = language === "JSONata" || "Arguments" in state ? "Arguments" : "Parameters";
  const known = schema ? schemaFields(schema) : fieldsLike(argumentsOf(state));
  return [
    configuration(state["Resource"] === APPROVAL ? approvalFields(known) : known, [field]),
    configuration([TIMEOUT, HEARTBEAT, RESOURCE, CREDENTIALS, NEXT, COMMENT]),
  ];
}

const TIMEOUT: FieldSpec = {
  key: "TimeoutSeconds",
  label: "Time limit",
  kind: "number",
  seconds: true,
  pathKey: "TimeoutSecondsPath",
  hint: "Then it fails with “time is up”.",
};
const HEARTBEAT: FieldSpec = {
  key: "HeartbeatSeconds",
  label: "Heartbeat every",
  kind: "number",
  seconds: true,
  pathKey: "HeartbeatSecondsPath",
  hint: "A sign of life is due so often, or it fails.",
};
const RESOURCE: FieldSpec = {
  key: "Resource",
  label: "Resource",
  kind: "text",
  plain: true,
  required: true,
  hint: "What this state calls, as an ARN.",
};
const CREDENTIALS: FieldSpec = {
  key: "Credentials",
  label: "Credentials",
  kind: "json",
  advanced: true,
  hint: "RoleArn names the AWS connection that it calls with; without it, the server’s own.",
};
const OUTPUT: FieldSpec = {
  key: "Output",
  label: "Output",
  kind: "json",
  hint: "Without it the input is handed on.",
};
const ERROR: FieldSpec = {
  key: "Error",
  label: "Error",
  kind: "text",
  pathKey: "ErrorPath",
  hint: "A name that Retry and Catch can match.",
};
const CAUSE: FieldSpec = {
  key: "Cause",
  label: "Cause",
  kind: "long",
  pathKey: "CausePath",
  hint: "A sentence for people.",
};

function made(language: QueryLanguage): FieldSpec {
  return language === "JSONata" ? OUTPUT : { ...OUTPUT, key: "Result", label: "Result", plain: true };
}

/** Without a schema: a field for each argument that is there, by the kind of its value. */
function fieldsLike(args: JsonObject): FieldSpec[] {
  return Object.entries(args).map(([name, value]) => {
    const key = plainName(name);
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
