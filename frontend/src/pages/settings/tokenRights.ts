import type { Right } from "@/api/types.ts";

/** What each right lets a program do. */
export const rightWords: readonly { value: Right; label: string; help: string }[] = [
  { value: "view", label: "View", help: "see workflows, executions and approvals" },
  { value: "see_data", label: "See data", help: "read inputs, outputs and mails" },
  { value: "run", label: "Run", help: "start executions" },
  { value: "stop", label: "Stop", help: "stop executions and act on what waits" },
  { value: "edit", label: "Edit", help: "change drafts" },
  { value: "publish", label: "Publish", help: "make a draft what runs" },
  { value: "approve", label: "Approve", help: "decide approvals" },
  { value: "use_connection", label: "Use connections", help: "name and check them" },
  { value: "manage", label: "Manage", help: "people, tokens and connections" },
];

/** What a program may, in words; none of its own means all of its owner's. */
export function rightsInWords(rights: readonly Right[] | null): string {
  if (rights === null || rights.length === 0) return "all that its owner may";
  return rights
    .map((right) => rightWords.find(({ value }) => value === right)?.label.toLowerCase() ?? right)
    .join(", ");
}

/** The rights that a program which starts executions usually needs. */
export const usualRights: readonly Right[] = ["view", "see_data", "run"];

export const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: "", label: "Never" },
] as const;

/** The end of a token's life so many days from now, or null for never. */
export function expiry(days: string, now: number): string | null {
  return days === "" ? null : new Date(now + Number(days) * 86_400_000).toISOString();
}
