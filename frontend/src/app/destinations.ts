import type { IconName } from "@/ui/icons.tsx";
import { executionStatus, type Status } from "@/ui/status.ts";
import type { ExecutionSummary, Right, WorkflowSummary } from "@/api/types.ts";
import { placesFor } from "./places.ts";

export interface Destination {
  to: string;
  label: string;
  group: "Pages" | "Workflows" | "Executions";
  icon?: IconName;
  status?: Status;
  /** Muted, behind the label. */
  detail?: string;
}

const EACH_GROUP = 6;

/** Where one may want to go for these letters: pages, then workflows, then executions. */
export function destinations(
  letters: string,
  rights: readonly Right[],
  workflows: readonly WorkflowSummary[],
  executions: readonly ExecutionSummary[],
): Destination[] {
  const wanted = letters.trim().toLowerCase();
  const pages = placesFor(rights)
    .filter((place) => place.label.toLowerCase().includes(wanted))
    .map(({ to, label, icon }): Destination => ({ to, label, icon, group: "Pages" }));
  return [
    ...pages,
    ...workflows.slice(0, EACH_GROUP).map((workflow): Destination => ({
      to: `/workflows/${workflow.id}`,
      label: workflow.name,
      detail: workflow.description,
      icon: "workflow",
      group: "Workflows",
    })),
    ...executions.slice(0, EACH_GROUP).map((execution): Destination => ({
      to: `/executions/${execution.id}`,
      label: execution.name,
      detail: execution.workflow?.name,
      status: executionStatus(execution.status, execution.waiting),
      group: "Executions",
    })),
  ];
}
