import type { IconName } from "@/ui/icons.tsx";
import { executionStatus, type Status } from "@/ui/status.ts";
import type { Approval, Connection, ExecutionSummary, Right, WorkflowSummary } from "@/api/types.ts";
import type { Command } from "@/ui/commands.ts";
import { placesFor } from "./places.ts";

export interface Destination {
  to: string;
  /** Done instead of going somewhere. */
  act?: () => void;
  label: string;
  group: "On this page" | "States" | "Pages" | "Workflows" | "Executions" | "Approvals" | "Connections";
  icon?: IconName;
  status?: Status;
  /** Muted, behind the label. */
  detail?: string;
}

const EACH_GROUP = 6;

interface Others {
  commands?: readonly Command[];
  approvals?: readonly Approval[];
  connections?: readonly Connection[];
}

/** Where one may want to go for these letters: what the page does, pages, then what there is. */
export function destinations(
  letters: string,
  rights: readonly Right[],
  workflows: readonly WorkflowSummary[],
  executions: readonly ExecutionSummary[],
  { commands = [], approvals = [], connections = [] }: Others = {},
): Destination[] {
  const wanted = letters.trim().toLowerCase();
  const pages = placesFor(rights)
    .filter((place) => place.label.toLowerCase().includes(wanted))
    .map(({ to, label, icon }): Destination => ({ to, label, icon, group: "Pages" }));
  const offered = commands
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .map(({ label, icon, keys, group, onSelect }, index): Destination => ({
      to: `act:${group ?? ""}:${label}:${index}`,
      act: onSelect,
      label,
      icon,
      detail: keys,
      group: group ?? "On this page",
    }));
  const acts = offered.filter(({ group }) => group !== "States");
  // Of a large workflow only what was asked for.
  const states = wanted === "" ? [] : offered.filter(({ group }) => group === "States").slice(0, EACH_GROUP);
  // Who has typed nothing yet wants to go somewhere; who types may want to do something.
  return [
    ...(wanted === "" ? [...pages, ...acts] : [...states, ...acts, ...pages]),
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
    ...approvals.slice(0, EACH_GROUP).map((approval): Destination => ({
      to: `/approvals/${approval.id}`,
      label: approval.question,
      detail: approval.workflow?.name,
      icon: "user-check",
      group: "Approvals",
    })),
    ...connections
      .filter(({ name, base_url }) => wanted !== "" && `${name} ${base_url}`.toLowerCase().includes(wanted))
      .slice(0, EACH_GROUP)
      .map(({ id, name, base_url }): Destination => ({
        to: `/connections?connection=${id}`,
        label: name,
        detail: base_url ?? undefined,
        icon: "plug",
        group: "Connections",
      })),
  ];
}
