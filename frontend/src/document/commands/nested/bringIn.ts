import type { JsonObject, Path, QueryLanguage } from "@/asl/types.ts";
import { allStates, rootScope, statesOf } from "@/asl/walk.ts";
import { openDocument, type Layout, type WorkflowDocument } from "@/document/document.ts";
import { scopeOfState, stateAt } from "@/document/places.ts";
import { putBoxed } from "./boxed.ts";
import { NO_SHIFT, type Brought, type Shift } from "./brought.ts";
import { putFlat } from "./flat.ts";
import { handOverOf } from "./handOver.ts";
import { isObstacle, languageIn, readsOfExecution, type Obstacle } from "./passage.ts";
import { startTaskOf, type StartTask } from "./startTask.ts";

/** What is published of a workflow: its definition as text, and where its states stand. */
export interface Published {
  readonly text: string;
  readonly layout: Layout;
}

/**
 * The document with the states of a workflow in the place of the Task that starts it, or what is in the way.
 * Where nothing but plain passing happens they stand right there, else in a Parallel state with one branch.
 */
export function bringIn(
  document: WorkflowDocument,
  path: Path,
  published: Published,
  shift: Shift = NO_SHIFT,
): Brought | Obstacle {
  const start = startTaskOf(document.definition, path);
  if (isObstacle(start)) return start;
  const nested = openDocument(published.text, published.layout);
  const refused = refusedOf(document, path, nested);
  if (refused) return refused;
  const task = stateAt(document.definition, path) ?? {};
  const language: QueryLanguage =
    task["QueryLanguage"] === "JSONata" ? "JSONata" : languageIn(document.definition, scopeOfState(path));
  const handOver = handOverOf(asParsed(task, start, language), language);
  const flat = handOver && putFlat(document, path, nested, handOver, shift);
  return flat ?? putBoxed(document, path, nested, start, language);
}

/** What cannot be the same in another workflow. */
function refusedOf(document: WorkflowDocument, path: Path, nested: WorkflowDocument): Obstacle | null {
  const states = statesOf(rootScope(nested.definition));
  if (nested.problem || states.length === 0) return { reason: "The workflow has no states." };
  if (nested.definition["TimeoutSeconds"] !== undefined)
    return {
      reason: "The workflow has a time limit of its own (TimeoutSeconds), which several states cannot have.",
    };
  const language = languageIn(nested.definition, []);
  const paths = allStates(nested.definition).find(
    ({ state }) => (state["QueryLanguage"] ?? language) === "JSONPath",
  );
  if (paths && languageIn(document.definition, scopeOfState(path)) === "JSONata")
    return {
      reason: `“${paths.name}” is in JSONPath, and a workflow in JSONata cannot hold such states. Turn the other workflow to JSONata first.`,
    };
  return readsOfExecution(states, language);
}

/** The Task as it would be if the workflow's output came parsed, where nothing but reading it is done. */
function asParsed(task: JsonObject, { parsed }: StartTask, language: QueryLanguage): JsonObject {
  if (parsed || language !== "JSONata" || typeof task["Output"] !== "string") return task;
  const plain = /^\{%\s*\$parse\(\s*\$states\.result\.Output\s*\)\s*%\}$/.test(task["Output"]);
  return plain
    ? { ...task, Resource: `${String(task["Resource"])}:2`, Output: "{% $states.result.Output %}" }
    : task;
}
