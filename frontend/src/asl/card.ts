import { isObject, type Json, type JsonObject, type StateType } from "@/asl/types.ts";
import { mayCatch, processorField, typeOf } from "@/asl/walk.ts";
import { isExpression, secondsInWords } from "@/asl/words.ts";

/** What a state card says while drawing. `icon` and the foot's icons are lucide names. */
export interface CardText {
  readonly icon: string;
  readonly line: string;
  readonly foot: readonly { readonly icon: string | null; readonly text: string }[];
}

const TYPE_ICONS: Record<StateType, string> = {
  Task: "cloud",
  Choice: "split",
  Parallel: "columns-3",
  Map: "layers",
  Wait: "hourglass",
  Pass: "braces",
  Succeed: "circle-check-big",
  Fail: "octagon-x",
};

const SERVICES: Record<string, [icon: string, name: string]> = {
  lambda: ["square-function", "Lambda"],
  s3: ["archive", "S3"],
  dynamodb: ["database", "DynamoDB"],
  sns: ["megaphone", "SNS"],
  sqs: ["list-end", "SQS"],
  events: ["radio-tower", "EventBridge"],
  eventbridge: ["radio-tower", "EventBridge"],
  transcribe: ["audio-lines", "AWS Transcribe"],
  bedrock: ["brain-circuit", "Bedrock"],
  bedrockruntime: ["sparkles", "Bedrock"],
  states: ["workflow", "Start a workflow"],
  sfn: ["workflow", "Step Functions"],
  ecs: ["cloud", "ECS"],
  batch: ["cloud", "Batch"],
  glue: ["cloud", "Glue"],
  athena: ["cloud", "Athena"],
  apigateway: ["cloud", "API Gateway"],
};

/** The icon and the words of a Resource: service and what exactly it does. */
export function describeResource(resource: string, argumentsOf: JsonObject): { icon: string; line: string } {
  const own = /^arn:cuelight:states:::(\w+):(\w+)/.exec(resource);
  if (own) return describeOwn(own[1] ?? "", argumentsOf);
  const parts = resource.split(":");
  if (/^arn:[\w-]+:states:::/.test(resource)) {
    const sdk = parts[5] === "aws-sdk";
    const service = (sdk ? parts[6] : parts[5]) ?? "";
    const action = ((sdk ? parts[7] : parts[6]) ?? "").replace(/\..*$/, "");
    if (service === "http") return { icon: "globe", line: httpLine(argumentsOf) };
    if (service === "lambda")
      return {
        icon: "square-function",
        line: withDetail("Lambda", functionName(text(argumentsOf["FunctionName"]))),
      };
    if (service === "bedrock" || service === "bedrockruntime") {
      const chat = service === "bedrockruntime" || action === "invokeModel";
      return {
        icon: chat ? "sparkles" : "brain-circuit",
        line: withDetail("Bedrock", modelName(text(argumentsOf["ModelId"])) || action),
      };
    }
    if (service === "states")
      return {
        icon: "workflow",
        line: withDetail("Workflow", functionName(text(argumentsOf["StateMachineArn"])) || "start"),
      };
    const known = SERVICES[service];
    return {
      icon: known?.[0] ?? "cloud",
      line: withDetail(known?.[1] ?? service.charAt(0).toUpperCase() + service.slice(1), spaced(action)),
    };
  }
  if (parts[2] === "lambda")
    return { icon: "square-function", line: withDetail("Lambda", functionName(resource)) };
  if (parts[2] === "states" && parts[5] === "activity")
    return { icon: "hard-hat", line: withDetail("Activity", parts[6] ?? "") };
  if (resource === "") return { icon: "cloud", line: "No resource yet" };
  return { icon: resource.includes("unction") ? "square-function" : "cloud", line: resource };
}

function describeOwn(kind: string, args: JsonObject): { icon: string; line: string } {
  switch (kind) {
    case "model":
      return {
        icon: "sparkles",
        line: withDetail("Model", text(args["Model"]) || connectionName(text(args["Connection"]))),
      };
    case "approval": {
      const people = Array.isArray(args["Approvers"]) ? args["Approvers"].length : 0;
      const needed = typeof args["VotesNeeded"] === "number" ? args["VotesNeeded"] : 1;
      return {
        icon: "user-check",
        line: people ? `Approval, ${needed} of ${people} ${people === 1 ? "person" : "people"}` : "Approval",
      };
    }
    case "email":
      return { icon: "mail", line: withDetail("E-mail", listText(args["To"])) };
    case "function":
      return {
        icon: "square-code",
        line: withDetail("Function", text(args["FunctionName"])),
      };
    default:
      return { icon: "cloud", line: kind };
  }
}

function httpLine(args: JsonObject): string {
  const method = text(args["Method"]) || "call";
  const endpoint = text(args["ApiEndpoint"]);
  const host = /^https?:\/\/([^/]+)/.exec(endpoint)?.[1] ?? endpoint;
  return withDetail(`HTTP ${method}`, host);
}

function withDetail(service: string, detail: string): string {
  return detail ? `${service}, ${detail}` : service;
}

function text(value: Json | undefined): string {
  return typeof value === "string" && !isExpression(value) ? value : "";
}

function listText(value: Json | undefined): string {
  return Array.isArray(value)
    ? value
        .map((item) => text(item))
        .filter(Boolean)
        .join(", ")
    : text(value);
}

function functionName(arn: string): string {
  const parts = arn.split(":");
  return parts.length > 6 ? (parts[6] ?? "") : arn;
}

function modelName(id: string): string {
  return id
    .replace(/^[\w-]+\.(?=[\w-]+\.)/, "")
    .replace(/^\w+\./, "")
    .replace(/-v\d+:\d+$/, "");
}

function connectionName(connection: string): string {
  return connection.replace(/^.*:connection[:/]/, "");
}

function spaced(action: string): string {
  return action.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

/** A state's arguments, under whichever name its query language has for them. */
export function argumentsOf(state: JsonObject): JsonObject {
  const found = state["Arguments"] ?? state["Parameters"];
  return isObject(found) ? found : {};
}

export function iconOf(state: JsonObject): string {
  const type = typeOf(state);
  if (type === "Task") return describeResource(text(state["Resource"]), argumentsOf(state)).icon;
  return type ? TYPE_ICONS[type] : "braces";
}

export function cardText(state: JsonObject): CardText {
  const type = typeOf(state);
  const foot: { icon: string | null; text: string }[] = [];
  const icon = iconOf(state);
  if (mayCatch(state)) {
    const tries = list(state["Retry"]).reduce((most, retrier) => Math.max(most, retryCount(retrier)), 0);
    if (tries) foot.push({ icon: "rotate-cw", text: `Retry ${tries}` });
    const limit = state["TimeoutSeconds"] ?? argumentsOf(state)["ExpiresInSeconds"];
    if (typeof limit === "number") foot.push({ icon: "timer", text: secondsInWords(limit) });
    const catchers = list(state["Catch"]).length;
    if (catchers) foot.push({ icon: "triangle-alert", text: `Catch ${catchers}` });
  }
  const done = (line: string) => ({ icon, line, foot });
  switch (type) {
    case "Task":
      return done(describeResource(text(state["Resource"]), argumentsOf(state)).line);
    case "Choice": {
      const rules = list(state["Choices"]).length;
      if (typeof state["Default"] === "string")
        foot.push({ icon: "corner-down-right", text: `Otherwise: ${state["Default"]}` });
      return done(`Choice, ${rules} ${rules === 1 ? "rule" : "rules"}`);
    }
    case "Parallel": {
      const branches = list(state["Branches"]).length;
      return done(`Parallel, ${branches} ${branches === 1 ? "branch" : "branches"}`);
    }
    case "Map":
      return done(mapLine(state));
    case "Wait":
      return waitCard(state, icon);
    case "Pass":
      foot.push({ icon: null, text: "Passes its input on" });
      if (
        state["Result"] !== undefined ||
        state["Output"] !== undefined ||
        state["Parameters"] !== undefined ||
        state["Assign"] !== undefined
      )
        foot.splice(0, 1, {
          icon: null,
          text:
            state["Assign"] !== undefined && state["Output"] === undefined
              ? "Sets variables"
              : "Makes a value",
        });
      return done("Pass");
    case "Succeed":
      return done("Succeed");
    case "Fail":
      foot.push({ icon: null, text: "Ends the execution" });
      return done(withDetail("Fail", text(state["Error"])));
    default:
      return done(
        typeof state["Type"] === "string" && state["Type"] ? `Unknown type ${state["Type"]}` : "No type yet",
      );
  }
}

function waitCard(state: JsonObject, icon: string): CardText {
  const seconds = state["Seconds"];
  if (typeof seconds === "number")
    return { icon, line: "Wait, fixed time", foot: [{ icon: "timer", text: secondsInWords(seconds) }] };
  const until = state["Timestamp"] ?? state["TimestampPath"];
  if (typeof until === "string")
    return {
      icon,
      line: "Wait until a moment",
      foot: [{ icon: "timer", text: isExpression(until) ? "computed" : until }],
    };
  return { icon, line: "Wait, computed time", foot: [] };
}

/** Whether the iterations of a Map state are executions of their own. */
export function isDistributed(state: JsonObject): boolean {
  const processor = state[processorField(state)];
  const config = isObject(processor) ? processor["ProcessorConfig"] : null;
  return isObject(config) && config["Mode"] === "DISTRIBUTED";
}

function mapLine(state: JsonObject): string {
  const distributed = isDistributed(state) ? "Distributed map" : "Map";
  const most = state["MaxConcurrency"];
  return typeof most === "number" && most > 0 ? `${distributed}, ${most} at once` : distributed;
}

/** What a Map state goes through, in words. */
export function itemsInWords(state: JsonObject): string {
  const items = state["Items"] ?? state["ItemsPath"];
  if (typeof items === "string") return `For each of ${items.replace(/^\{%\s*|\s*%\}$/g, "")}`;
  if (Array.isArray(items)) return `For each of ${items.length} items`;
  return isObject(state["ItemReader"]) ? "For each item read" : "For each item of the input";
}

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function retryCount(retrier: JsonObject): number {
  return typeof retrier["MaxAttempts"] === "number" ? retrier["MaxAttempts"] : 3;
}
