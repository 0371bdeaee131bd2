import type { IconName } from "./icons.tsx";

export const statuses = [
  "not-started",
  "queued",
  "running",
  "retrying",
  "waiting-time",
  "waiting-person",
  "succeeded",
  "reused",
  "caught",
  "failed",
  "timed-out",
  "aborted",
  "skipped",
] as const;

/** What a state, or an execution as a whole, is doing; each has a colour, an icon and a word. */
export type Status = (typeof statuses)[number];

interface Signs {
  word: string;
  icon: IconName;
  /** The icon turns while something works. */
  turns?: true;
}

export const statusSigns: Record<Status, Signs> = {
  "not-started": { word: "Not started", icon: "circle" },
  queued: { word: "Queued", icon: "circle-dashed" },
  running: { word: "Running", icon: "loader-circle", turns: true },
  retrying: { word: "Retrying", icon: "rotate-cw", turns: true },
  "waiting-time": { word: "Waiting for time", icon: "clock" },
  "waiting-person": { word: "Waiting for a person", icon: "hand" },
  succeeded: { word: "Succeeded", icon: "circle-check" },
  reused: { word: "Reused", icon: "copy-check" },
  caught: { word: "Caught error", icon: "triangle-alert" },
  failed: { word: "Failed", icon: "circle-x" },
  "timed-out": { word: "Timed out", icon: "clock-alert" },
  aborted: { word: "Aborted", icon: "ban" },
  skipped: { word: "Skipped", icon: "skip-forward" },
};

/** The sign of a whole execution: the service's status, refined by what it waits for. */
export function executionStatus(status: string, waiting?: "person" | "time" | null): Status {
  switch (status) {
    case "RUNNING":
      if (waiting === "person") return "waiting-person";
      return waiting === "time" ? "waiting-time" : "running";
    case "SUCCEEDED":
      return "succeeded";
    case "FAILED":
      return "failed";
    case "TIMED_OUT":
      return "timed-out";
    case "ABORTED":
      return "aborted";
    case "PENDING_REDRIVE":
      return "queued";
    default:
      return "not-started";
  }
}

/** Whether an execution with this status of the service has not ended. */
export function isLive(status: string): boolean {
  return status === "RUNNING" || status === "PENDING_REDRIVE";
}

/** What a list of executions can be narrowed to. */
export const statusOptions: readonly { value: string; label: string }[] = [
  { value: "", label: "any" },
  { value: "RUNNING", label: "running" },
  { value: "SUCCEEDED", label: "succeeded" },
  { value: "FAILED", label: "failed" },
  { value: "TIMED_OUT", label: "timed out" },
  { value: "ABORTED", label: "aborted" },
];
