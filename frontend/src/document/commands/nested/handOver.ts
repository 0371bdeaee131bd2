import { isObject, sameJson, type Json, type JsonObject, type QueryLanguage } from "@/asl/types.ts";
import { plainName } from "@/asl/words.ts";
import { eachText } from "./texts.ts";

/** How a Task starts a workflow so that nothing is lost on the way in or out. */
export interface HandOver {
  readonly arn: string;
  readonly language: QueryLanguage;
  /** The variables that are handed in beside the input. */
  readonly given: readonly string[];
  /** The variables that are handed back beside the output. */
  readonly returned: readonly string[];
}

export const START_AND_WAIT = "arn:aws:states:::states:startExecution.sync:2";

/** The Task, without its way on. */
export function taskOf({ arn, language, given, returned }: HandOver): JsonObject {
  const back = returned.length > 0;
  if (language === "JSONata")
    return {
      Type: "Task",
      Resource: START_AND_WAIT,
      Arguments: {
        StateMachineArn: arn,
        Input: given.length
          ? { input: "{% $states.input %}", variables: each(given, (name) => [name, `{% $${name} %}`]) }
          : "{% $states.input %}",
      },
      Output: back ? "{% $states.result.Output.output %}" : "{% $states.result.Output %}",
      ...(back
        ? { Assign: each(returned, (name) => [name, `{% $states.result.Output.variables.${name} %}`]) }
        : {}),
    };
  return {
    Type: "Task",
    Resource: START_AND_WAIT,
    Parameters: {
      StateMachineArn: arn,
      ...(given.length
        ? { Input: { "input.$": "$", variables: each(given, (name) => [`${name}.$`, `$${name}`]) } }
        : { "Input.$": "$" }),
    },
    OutputPath: back ? "$.Output.output" : "$.Output",
    ...(back ? { Assign: each(returned, (name) => [`${name}.$`, `$.Output.variables.${name}`]) } : {}),
  };
}

/** The Pass that a nested workflow begins with when variables are handed in, without its way on. */
export function takingIn(given: readonly string[], language: QueryLanguage): JsonObject {
  return language === "JSONata"
    ? {
        Type: "Pass",
        Output: "{% $states.input.input %}",
        Assign: each(given, (name) => [name, `{% $states.input.variables.${name} %}`]),
      }
    : {
        Type: "Pass",
        OutputPath: "$.input",
        Assign: each(given, (name) => [`${name}.$`, `$.variables.${name}`]),
      };
}

/** The Pass that it ends with when variables are handed back. */
export function handingBack(returned: readonly string[], language: QueryLanguage): JsonObject {
  return language === "JSONata"
    ? {
        Type: "Pass",
        Output: {
          output: "{% $states.input %}",
          variables: each(returned, (name) => [name, `{% $${name} %}`]),
        },
        End: true,
      }
    : {
        Type: "Pass",
        Parameters: {
          "output.$": "$",
          variables: each(returned, (name) => [`${name}.$`, `$${name}`]),
        },
        End: true,
      };
}

/** The hand-over of a Task that does nothing besides, or null. Comments and the way on are no matter. */
export function handOverOf(task: JsonObject, language: QueryLanguage): HandOver | null {
  const told = task[language === "JSONata" ? "Arguments" : "Parameters"];
  if (!isObject(told) || typeof told["StateMachineArn"] !== "string") return null;
  const input = told["Input"];
  const given = isObject(input) && isObject(input["variables"]) ? namesOf(input["variables"]) : [];
  const returned = isObject(task["Assign"]) ? namesOf(task["Assign"]) : [];
  const found: HandOver = { arn: told["StateMachineArn"], language, given, returned };
  const { Comment: _said, Next: _next, End: _end, QueryLanguage: _language, ...rest } = task;
  return sameValue(rest, taskOf(found)) ? found : null;
}

/** Whether two values are one but for the order of fields and the white space at the edges of expressions. */
export function sameValue(one: Json, other: Json): boolean {
  return sameJson(eachText(one, bare), eachText(other, bare));
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/^\{%\s*/, "{%")
    .replace(/\s*%\}$/, "%}");
}

function namesOf(value: JsonObject): string[] {
  return Object.keys(value).map(plainName);
}

function each(names: readonly string[], entry: (name: string) => [string, string]): JsonObject {
  return Object.fromEntries(names.map(entry));
}
