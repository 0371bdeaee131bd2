import { asProblem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import type { NewWorkflow } from "@/api/workflows.ts";
import { freeName } from "./names.ts";

const TRIES = 20;

/** Makes a workflow under its name, or under the first number behind it that is free. */
export async function createUnderFreeName(
  workflow: NewWorkflow,
  create: (workflow: NewWorkflow) => Promise<Workflow>,
): Promise<Workflow> {
  const taken = new Set<string>();
  for (let attempt = 1; ; attempt += 1) {
    const name = freeName(workflow.name, taken);
    try {
      return await create({ ...workflow, name });
    } catch (error) {
      // Somebody has the name already: the next number may be free.
      const problem = asProblem(error);
      const isTaken = problem.field("name") !== null || problem.status === 409;
      if (!isTaken || attempt === TRIES) throw error;
      taken.add(name);
    }
  }
}
