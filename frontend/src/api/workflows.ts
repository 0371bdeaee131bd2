import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";
import type {
  Diagnostic,
  ExecutionSummary,
  Page,
  Template,
  Version,
  Workflow,
  WorkflowSummary,
} from "./types.ts";

export interface WorkflowFilter {
  search?: string;
  status?: string;
  owner?: string;
  ordering?: string;
  page?: number;
}

const somethingLives = (page: Page<WorkflowSummary> | undefined) =>
  page?.results.some((workflow) => workflow.last_execution?.status === "RUNNING") ?? false;

/** One page of workflows; looks again by itself, more often while something runs. */
export function useWorkflows(filter: WorkflowFilter, live = true) {
  return useQuery({
    queryKey: ["workflows", "list", filter],
    queryFn: ({ signal }) =>
      call<Page<WorkflowSummary>>("GET", "/api/workflows/", { query: { ...filter }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: live ? (query) => (somethingLives(query.state.data) ? 2_500 : 10_000) : false,
  });
}

export function useWorkflow(id: string) {
  return useQuery({
    queryKey: ["workflows", "one", id],
    queryFn: ({ signal }) => readWorkflow(id, signal),
    // The studio holds the document; a refetch must not pull it away from under the author.
    refetchOnWindowFocus: false,
    // One who leaves and comes back at once must find what was saved, and not what was there the first time.
    refetchOnMount: "always",
    staleTime: Infinity,
    gcTime: 0,
  });
}

export function readWorkflow(id: string, signal?: AbortSignal): Promise<Workflow> {
  return call<Workflow>("GET", `/api/workflows/${id}/`, { signal });
}

/** The workflow of exactly this name, or null. */
export async function findWorkflow(name: string, signal?: AbortSignal): Promise<WorkflowSummary | null> {
  const found = await call<Page<WorkflowSummary>>("GET", "/api/workflows/", { query: { name }, signal });
  return found.results[0] ?? null;
}

/** Whether there is a workflow of this name; undefined until that is known. */
export function useNameTaken(name: string, enabled: boolean): boolean | undefined {
  const found = useQuery({
    queryKey: ["workflows", "named", name],
    queryFn: ({ signal }) => findWorkflow(name, signal),
    enabled,
  });
  return enabled && found.data !== undefined ? found.data !== null : undefined;
}

const MOST_TRIES = 20;

/** The first of some names that no workflow has; undefined until that is known. */
export function useFirstFree(names: (number: number) => string): string | undefined {
  const found = useQuery({
    queryKey: ["workflows", "free", names(1)],
    queryFn: async ({ signal }) => {
      for (let number = 1; number < MOST_TRIES; number += 1)
        if ((await findWorkflow(names(number), signal)) === null) return names(number);
      return names(MOST_TRIES);
    },
    staleTime: 0,
    gcTime: 0,
  });
  return found.data;
}

export interface NewWorkflow {
  name: string;
  description?: string;
  type?: "STANDARD" | "EXPRESS";
  definition?: string;
  layout?: unknown;
}

export function useCreateWorkflow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (workflow: NewWorkflow) => call<Workflow>("POST", "/api/workflows/", { body: workflow }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["workflows", "list"] }),
  });
}

export interface WorkflowChange {
  name?: string;
  description?: string;
  definition?: string;
  layout?: unknown;
  /** The revision this was made from; needed with definition or layout. */
  draft_revision?: number;
}

/** Saves what changed. A stale revision is a Problem of status 409 with `extra.current_revision`. */
export function saveWorkflow(id: string, change: WorkflowChange): Promise<Workflow> {
  return call<Workflow>("PATCH", `/api/workflows/${id}/`, { body: change });
}

export function useSaveWorkflow(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: WorkflowChange) => saveWorkflow(id, change),
    onSuccess: () => client.invalidateQueries({ queryKey: ["workflows", "list"] }),
  });
}

export function useDeleteWorkflow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<undefined>("DELETE", `/api/workflows/${id}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["workflows", "list"] }),
  });
}

/** Publishes the draft; errors in the definition are a Problem of status 422 with `extra.diagnostics`. */
function publishDraft(id: string, body: { draft_revision: number; description?: string }): Promise<Version> {
  return call<Version>("POST", `/api/workflows/${id}/publish/`, { body });
}

export function usePublish(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { draft_revision: number; description?: string }) => publishDraft(id, body),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["workflows", "list"] }),
        client.invalidateQueries({ queryKey: ["workflows", "versions", id] }),
      ]),
  });
}

export interface NewExecution {
  input?: unknown;
  /** Input as typed; text that is not JSON is a Problem with line and column. */
  input_text?: string;
  name?: string;
  source?: "published" | "draft";
  /** Of what was published: one version, or whichever an alias chooses. */
  version?: number;
  alias?: string;
  /** A part of the draft, or the draft with outputs that are given instead of made. */
  trial?: {
    until?: string | null;
    from?: string | null;
    pins?: Record<string, unknown>;
    variables?: Record<string, unknown>;
  };
}

export function useStartExecution(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewExecution) =>
      call<ExecutionSummary>("POST", `/api/workflows/${id}/executions/`, { body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["workflows", "list"] }),
        client.invalidateQueries({ queryKey: ["executions", "list"] }),
      ]),
  });
}

/**
 * Makes a workflow and publishes it, so that it can be started at once. One that cannot be published is taken
 * away again.
 */
export function useCreatePublished() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (workflow: NewWorkflow): Promise<Workflow> => {
      const made = await call<Workflow>("POST", "/api/workflows/", { body: workflow });
      try {
        await publishDraft(made.id, { draft_revision: made.draft_revision });
        return made;
      } catch (error) {
        await call<undefined>("DELETE", `/api/workflows/${made.id}/`).catch(() => undefined);
        throw error;
      }
    },
    onSuccess: () =>
      Promise.all(
        ["list", "named"].map((part) => client.invalidateQueries({ queryKey: ["workflows", part] })),
      ),
  });
}

export interface Validation {
  result: "OK" | "FAIL";
  diagnostics: Diagnostic[];
}

/** What the language says about a definition, as text. */
export function validateDefinition(
  definition: string,
  type: Workflow["type"],
  signal?: AbortSignal,
): Promise<Validation> {
  return call<Validation>("POST", "/api/definitions/validate/", { body: { definition, type }, signal });
}

export function useTemplates(enabled = true) {
  return useQuery({
    queryKey: ["templates"],
    queryFn: ({ signal }) => call<Template[]>("GET", "/api/templates/", { signal }),
    staleTime: Infinity,
    enabled,
  });
}
