import type { IconName } from "@/ui/icons.tsx";
import { executionStatus, type Status } from "@/ui/status.ts";
import type { ExecutionSummary, Right, WorkflowSummary } from "@/api/types.ts";
import type { Command } from "@/ui/commands.ts";
import { placesFor } from "./places.ts";

export interface Destination {
  to: string;
  /** Done instead of going somewhere. */
  act?: () => void;
  label: string;
  group: "On this page" | "Pages" | "Workflows" | "Executions";
  icon?: IconName;
  status?: Status;
  /** Muted, behind the label. */
  detail?: string;
}

const EACH_GROUP = 6;

/** Where one may want to go for these letters: what the page does, pages, then workflows, then executions. */
export function destinations(
  letters: string,
  rights: readonly Right[],
  workflows: readonly WorkflowSummary[],
  executions: readonly ExecutionSummary[],
  commands: readonly Command[] = [],
): Destination[] {
  const wanted = letters.trim().toLowerCase();
  const pages = placesFor(rights)
    .filter((place) => place.label.toLowerCase().includes(wanted))
    .map(({ to, label, icon }): Destination => ({ to, label, icon, group: "Pages" }));
  const acts = commands
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .map(({ label, icon, keys, onSelect }): Destination => ({
      to: `act:${label}`,
      act: onSelect,
      label,
      icon,
      detail: keys,
      group: "On this page",
    }));
  // Who has typed nothing yet wants to go somewhere; who types may want to do something.
  return [
    ...(wanted === "" ? [...pages, ...acts] : [...acts, ...pages]),
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
