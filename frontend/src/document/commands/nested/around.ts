import { isObject, valueAt, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { flowOf, perhapsAssigned, surelyAssigned } from "@/asl/variableFlow.ts";
import { assignedByState } from "@/asl/variables.ts";
import { processorField, scopeAt, statesAlong, statesOf } from "@/asl/walk.ts";
import { languageIn, type Obstacle } from "./passage.ts";

/** The errors that a nested workflow's failure still is. */
const STILL = ["States.ALL", "States.TaskFailed"];

/** What keeps states of a scope from being run by an execution of their own. */
export function refusedByBoxes(definition: JsonObject, scope: Path): Obstacle | null {
  for (const path of statesAlong(scope)) {
    const box = valueAt(definition, path);
    if (!isObject(box)) continue;
    const name = String(path.at(-1));
    if (processorConfig(box)["ExecutionType"] === "EXPRESS")
      return {
        reason: `“${name}” runs its items as Express executions, which cannot wait for another workflow.`,
        from: name,
      };
    for (const field of ["Retry", "Catch"])
      for (const item of listOf(box[field]))
        for (const error of listOf(isObject(item) ? item["ErrorEquals"] : undefined))
          if (typeof error === "string" && !STILL.includes(error))
            return {
              reason: `“${name}” around them answers to ${error}. What fails in a nested workflow arrives as States.TaskFailed, so that would no longer match.`,
              from: name,
            };
  }
  return null;
}

/** The variables that have a value in a scope when it begins: surely, and perhaps. */
export function givenTo(
  definition: JsonObject,
  scope: Path,
): { surely: ReadonlySet<string>; perhaps: ReadonlySet<string> } {
  let surely: ReadonlySet<string> = new Set();
  let perhaps: ReadonlySet<string> = new Set();
  for (const path of statesAlong(scope)) {
    const outer = scopeAt(definition, path.slice(0, -2));
    const flow = flowOf(outer, languageIn(definition, outer.path));
    const start = String(outer.value["StartAt"]);
    const name = String(path.at(-1));
    surely = surelyAssigned(flow, start, surely).get(name) ?? new Set();
    perhaps = perhapsAssigned(flow, start, perhaps).get(name) ?? new Set();
    // The executions of a distributed Map see no variables of the one around.
    if (processorConfig(valueAt(definition, path))["Mode"] === "DISTRIBUTED")
      [surely, perhaps] = [new Set(), new Set()];
  }
  return { surely, perhaps };
}

/** All names that are assigned in a scope and in those around it. */
export function assignedAround(definition: JsonObject, scope: Path): Set<string> {
  const scopes = [...statesAlong(scope).map((path) => path.slice(0, -2)), scope];
  return new Set(
    scopes.flatMap((path) =>
      statesOf(scopeAt(definition, path)).flatMap(({ state }) => assignedByState(state)),
    ),
  );
}

function processorConfig(box: Json | undefined): JsonObject {
  const processor = isObject(box) ? box[processorField(box)] : undefined;
  const config = isObject(processor) ? processor["ProcessorConfig"] : undefined;
  return isObject(config) ? config : {};
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
