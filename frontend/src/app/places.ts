import type { Right } from "@/api/types.ts";
import type { IconName } from "@/ui/icons.tsx";

interface Place {
  to: string;
  label: string;
  icon: IconName;
  /** Whoever lacks it would find nothing there. */
  needs?: Right;
}

const all: readonly Place[] = [
  { to: "/workflows", label: "Workflows", icon: "workflow" },
  { to: "/executions", label: "Executions", icon: "play" },
  { to: "/approvals", label: "Approvals", icon: "user-check" },
  { to: "/connections", label: "Connections", icon: "plug" },
  { to: "/mailbox", label: "Mailbox", icon: "mail", needs: "manage" },
  { to: "/settings", label: "Settings", icon: "settings" },
];

/** The pages of the main navigation that lead somewhere for whoever has these rights. */
export function placesFor(rights: readonly Right[]): readonly Place[] {
  return all.filter(({ needs }) => needs === undefined || rights.includes(needs));
}
