import type { Workflow } from "@/api/types.ts";

export type WorkflowType = Workflow["type"];

/** What each type of workflow means, in one line; it is chosen when a workflow is made, and stays. */
export const TYPES: Readonly<Record<WorkflowType, { label: string; means: string }>> = {
  STANDARD: {
    label: "Standard",
    means: "Runs up to a year, waits for people and jobs; each step is done once.",
  },
  EXPRESS: {
    label: "Express",
    means: "Five minutes at most, no approvals and no callbacks; its work may be done more than once.",
  },
};
