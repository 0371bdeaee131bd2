import { isObject, type JsonObject, type Path } from "@/asl/types.ts";
import { stateAt } from "@/document/places.ts";
import type { Obstacle } from "./passage.ts";

/** A Task that starts a workflow and waits for its end. */
export interface StartTask {
  readonly arn: string;
  /** The workflow's name, and the version that is named; null for what is published. */
  readonly workflow: string;
  readonly version: number | null;
  /** Whether the workflow's output comes as it is, and not as a text. */
  readonly parsed: boolean;
}

const RESOURCE = /^arn:[\w-]+:states:::(states:startExecution|aws-sdk:sfn:start(?:Sync)?Execution)(\..+)?$/;
const MACHINE = /^arn:[\w-]+:states:[\w-]*:\d*:stateMachine:([^:]+)(?::(.+))?$/;

/** Whether a state is a Task that starts a workflow, in whichever form. */
export function startsWorkflow(state: JsonObject | null | undefined): boolean {
  return state?.["Type"] === "Task" && RESOURCE.test(String(state["Resource"]));
}

/** What a Task starts, or why the states of that cannot stand in its place. */
export function startTaskOf(definition: JsonObject, path: Path): StartTask | Obstacle {
  const state = stateAt(definition, path);
  const [, service, how = ""] = RESOURCE.exec(String(state?.["Resource"])) ?? [];
  if (!state || state["Type"] !== "Task" || service === undefined)
    return { reason: "Select a Task that starts a workflow." };
  if (service !== "states:startExecution")
    return {
      reason: "It calls the Step Functions API, and its result is that call’s reply. Use “Start a workflow”.",
    };
  if (how === "") return { reason: "It starts the workflow and goes on without waiting for its end." };
  if (how === ".waitForTaskToken")
    return { reason: "It waits for somebody to answer its task token, and not for the workflow’s end." };
  for (const field of ["TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"])
    if (field in state)
      return { reason: `Its ${field} limits the whole workflow, which no state can do for several others.` };
  if ("Credentials" in state) return { reason: "It starts the workflow as somebody else (Credentials)." };
  const told = state["Arguments"] ?? state["Parameters"];
  const arn = isObject(told) ? told["StateMachineArn"] : undefined;
  const [, workflow, qualifier] = MACHINE.exec(typeof arn === "string" ? arn : "") ?? [];
  if (typeof arn !== "string" || workflow === undefined)
    return { reason: "Which workflow it starts is worked out when it runs." };
  if (qualifier !== undefined && !/^\d+$/.test(qualifier))
    return { reason: `It starts the alias “${qualifier}”, which may stand for two versions.` };
  return {
    arn: qualifier === undefined ? arn : arn.slice(0, -qualifier.length - 1),
    workflow,
    version: qualifier === undefined ? null : Number(qualifier),
    parsed: how === ".sync:2",
  };
}
