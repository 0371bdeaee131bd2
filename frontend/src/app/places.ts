import type { IconName } from "@/ui/icons.tsx";

interface Place {
  to: string;
  label: string;
  icon: IconName;
}

/** The pages of the main navigation. Each leads somewhere. */
export const places: readonly Place[] = [
  { to: "/workflows", label: "Workflows", icon: "workflow" },
  { to: "/executions", label: "Executions", icon: "play" },
  { to: "/approvals", label: "Approvals", icon: "user-check" },
  { to: "/connections", label: "Connections", icon: "plug" },
  { to: "/mailbox", label: "Mailbox", icon: "mail" },
  { to: "/settings", label: "Settings", icon: "settings" },
];
