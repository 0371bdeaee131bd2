/* The JSON of the REST API as the front end reads it. Times are ISO 8601 with Z. */

export type Right =
  "view" | "edit" | "publish" | "run" | "stop" | "approve" | "see_data" | "use_connection" | "manage";

export interface Person {
  username: string;
  name: string;
  initials: string;
}

export interface Session {
  user: Person & { id: number | string; email: string };
  workspace: { id: number | string; number: string; name: string; slug: string };
  rights: Right[];
}

/** One page of a list; `next` and `previous` are relative addresses. */
export interface Page<T> {
  count: number;
  next: string | null;
  previous: string | null;
  results: T[];
}

export type ExecutionStatus =
  "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

export type RedriveStatus = "REDRIVABLE" | "NOT_REDRIVABLE" | "REDRIVABLE_BY_MAP_RUN";

export interface ExecutionBrief {
  id: string;
  name: string;
  status: ExecutionStatus;
}

/** What of a draft an execution tried, and the states whose outputs it was given. */
export interface Trial {
  until: string | null;
  from: string | null;
  pinned: string[];
}

export interface ExecutionSummary extends ExecutionBrief {
  workflow?: { id: string; name: string } | null;
  waiting?: "person" | "time" | null;
  started_at: string;
  stopped_at: string | null;
  started_by?: string | null;
  revision?: number | null;
  version?: number | null;
  /** The alias that chose the version; empty for none. */
  alias?: string;
  draft?: boolean;
  /** What of a draft was tried; null where the whole ran, with real outputs. */
  trial?: Trial | null;
  error?: string | null;
  cause?: string | null;
  /** Of a child of a distributed Map: its Map Run, and which item it is for. */
  map_run?: string | null;
  item_index?: number | null;
}

/** One visit to a distributed Map state. */
export interface MapRun {
  id: string;
  arn: string;
  state: string;
  frame: number;
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  express: boolean;
  /** 0: as many as the quota allows. */
  max_concurrency: number;
  tolerated_failure_count: number;
  tolerated_failure_percentage: number;
  started_at: string;
  stopped_at: string | null;
  redrive_count: number;
  counts: MapRunCounts;
}

/** How many children stand where. */
export interface MapRunCounts {
  total: number;
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timed_out: number;
  aborted: number;
  pending_redrive: number;
}

/** What may be changed while a Map Run runs. */
export interface MapRunBounds {
  max_concurrency?: number;
  tolerated_failure_count?: number;
  tolerated_failure_percentage?: number;
}

export interface Execution extends ExecutionSummary {
  arn: string;
  workflow: { id: string; name: string } | null;
  input: unknown;
  output: unknown;
  error: string | null;
  cause: string | null;
  started_by: string | null;
  revision: number | null;
  version: number | null;
  draft: boolean;
  trial: Trial | null;
  transitions: number;
  redrive_count: number;
  redriven_at: string | null;
  /** Whether it may be redriven now, and why not. */
  redrive: { status: RedriveStatus; reason: string | null };
  last_seq: number;
  definition: string;
  layout: unknown;
  parent: { id: string; name: string } | null;
}

/** One record of an execution: a history event, or a note, which has no id. */
export interface Entry {
  seq: number;
  id: number | null;
  previous_event_id: number | null;
  type: string;
  at: string;
  frame: number;
  scope: [container: string, index: number][];
  state: string | null;
  details: Record<string, unknown>;
}

export interface Entries {
  entries: Entry[];
  last_seq: number;
  more: boolean;
}

export interface Wait {
  frame: number;
  wait: number;
  state: string;
  scope: [container: string, index: number][];
  kind: "attempt" | "timer" | "retry" | "approval" | "callback";
  since: string;
  due: string | null;
  attempt: number | null;
  partial_text: string | null;
  approval: string | number | null;
}

export interface WaitAction {
  action: "run_now" | "skip" | "fail" | "extend";
  output?: unknown;
  error?: string;
  cause?: string;
  seconds?: number;
}

export interface Diagnostic {
  severity: "ERROR" | "WARNING";
  code: string;
  message: string;
  /** A JSON pointer into the definition. */
  location: string;
}

export interface WorkflowSummary {
  id: string;
  name: string;
  description: string;
  type: "STANDARD" | "EXPRESS";
  /** What a Task names to start it. */
  arn: string;
  owner: Person | null;
  draft_revision: number;
  published_version: number | null;
  has_unpublished_changes: boolean;
  updated_at: string;
  definition: string;
  layout: unknown;
  last_execution: ExecutionSummary | null;
  /** At most twelve, the newest last. */
  recent_executions: ExecutionBrief[];
}

export interface Workflow extends WorkflowSummary {
  draft_saved_by: string;
  /** What people call whoever saved it. */
  draft_saved_by_name: string;
  draft_saved_at: string;
  /** Whether it was run or published, so that the name is part of an ARN that is known. */
  name_is_fixed: boolean;
  diagnostics: Diagnostic[];
}

export interface Version {
  number: number;
  revision: number;
  created_at: string;
  created_by: Person | string | null;
  description: string;
}

export interface CatalogItem {
  id: string;
  title: string;
  description: string;
  /** A lucide name. */
  icon: string;
  resource: string | null;
  type: string;
  /** The state as ASL, ready to be inserted. */
  template: Record<string, unknown>;
  arguments_schema: Record<string, unknown> | null;
  /** How else its Resource may end: "", ".sync:2", ".waitForTaskToken". */
  suffixes?: string[];
}

export interface Catalog {
  groups: { title: string; tab: "actions" | "flow" | "patterns"; items: CatalogItem[] }[];
}

export interface Template {
  slug: string;
  name: string;
  description: string;
  /** What happens in it and what it needs, as Markdown. */
  details: string;
  definition: string;
  layout: unknown;
  input: unknown;
}

export type ApprovalStatus = "open" | "decided" | "expired" | "withdrawn";

export interface ApprovalChoice {
  value: string;
  label: string;
  description?: string | null;
  /** What is chosen with it, where the question says so. */
  content?: string | null;
  style?: "primary" | "danger" | "plain" | null;
}

export interface ApprovalField {
  name: string;
  label: string;
  type: "text" | "textarea" | "number" | "boolean" | "date" | "choice";
  required: boolean;
  options: string[] | undefined;
  help: string;
  initial: string;
}

export interface Decision {
  choice: string;
  label: string;
  by: string;
  at: string;
  how: string;
  comment: string | null;
}

export interface Approval {
  id: string | number;
  status: ApprovalStatus;
  question: string;
  details: unknown;
  choices: ApprovalChoice[];
  fields: unknown;
  comment: "none" | "optional" | "required";
  execution: { id: string; name: string };
  workflow: { id: string; name: string } | null;
  state: string;
  requested_by: string | null;
  requested_at: string;
  expires_at: string | null;
  recipients: {
    address: string;
    name: string | null;
    sent_at: string | null;
    send_error: string | null;
    attempts: number;
  }[];
  decision: Decision | null;
  votes: { by?: string; label?: string; choice?: string; at?: string }[];
  votes_needed?: number;
  can_decide: boolean;
}

export interface Connection {
  id: string | number;
  name: string;
  kind: string;
  base_url: string | null;
  hosts: string[];
  settings: Record<string, unknown>;
  auth_type: string;
  has_secret: boolean;
  builtin: boolean;
  status: string | { state?: string; message?: string; fraction?: number | null } | null;
  status_detail?: string | null;
  used_by_count: number;
  last_used_at: string | null;
}

export interface Mail {
  id: string | number;
  sender: string;
  to: string | string[];
  subject: string;
  text: string;
  html: string;
  created_at: string;
  status: "QUEUED" | "SENT" | "FAILED";
  error: string | null;
}

export interface Activity {
  name: string;
  arn: string;
  created_at: string;
  /** Tasks that wait for a worker. */
  waiting: number;
}

export interface AccessKey {
  access_key_id: string;
  name: string;
  user: string;
  rights: Right[];
  created_at: string;
  last_used_at: string | null;
}

export interface Token {
  id: string | number;
  name: string;
  /** How it begins, to tell it from others. */
  hint?: string | null;
  rights: Right[] | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}
