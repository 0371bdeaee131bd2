import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call } from "./http.ts";
import type {
  Entries,
  Execution,
  ExecutionSummary,
  MapRun,
  MapRunBounds,
  Page,
  Wait,
  WaitAction,
} from "./types.ts";

export interface ExecutionFilter {
  workflow?: string;
  status?: string;
  search?: string;
  /** Trials alone ("true"), all but trials ("false"), or both. */
  trial?: string;
  map_run?: string;
  page?: number;
}

/** One page of executions, the newest first; looks again by itself. */
export function useExecutions(filter: ExecutionFilter) {
  return useQuery({
    queryKey: ["executions", "list", filter],
    queryFn: ({ signal }) =>
      call<Page<ExecutionSummary>>("GET", "/api/executions/", { query: { ...filter }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 3_000,
  });
}

export function useExecution(key: string) {
  return useQuery({
    queryKey: ["executions", "one", key],
    queryFn: ({ signal }) => call<Execution>("GET", `/api/executions/${key}/`, { signal }),
  });
}

const PAGE_OF_ENTRIES = 500;

/** The entries after a seq, one page of them. */
export function readEntries(key: string, after: number, signal?: AbortSignal): Promise<Entries> {
  const query = { after, limit: PAGE_OF_ENTRIES };
  return call<Entries>("GET", `/api/executions/${key}/entries/`, { query, signal });
}

export function useStopExecution(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { error?: string; cause?: string }) =>
      call<unknown>("POST", `/api/executions/${key}/stop/`, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["executions"] }),
  });
}

/** Continues an execution that did not end well; the same token changes nothing twice. */
export function useRedriveExecution(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { token: string }) =>
      call<unknown>("POST", `/api/executions/${key}/redrive/`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["executions"] }),
  });
}

/** Reads an execution's description again once it is behind the record: what may be done to it changed too. */
export function useFreshExecution(key: string, behind: boolean) {
  const client = useQueryClient();
  useEffect(() => {
    if (behind) void client.invalidateQueries({ queryKey: ["executions", "one", key] });
  }, [client, key, behind]);
}

/** What the execution waits for; asked again whenever the caller's seq moves. */
export function useWaits(key: string, seq: number, enabled = true) {
  return useQuery({
    queryKey: ["executions", "waits", key, seq],
    queryFn: async ({ signal }) => {
      const answer = await call<Wait[] | Page<Wait>>("GET", `/api/executions/${key}/waits/`, { signal });
      return Array.isArray(answer) ? answer : answer.results;
    },
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Acts on a wait; 409 when it is over. */
export function useActOnWait(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ frame, wait, ...body }: WaitAction & { frame: number; wait: number }) =>
      call<unknown>("POST", `/api/executions/${key}/waits/${frame}/${wait}/`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["executions", "waits", key] }),
  });
}

/** The Map Runs of an execution with their counts; asked again while one of them runs, or may begin. */
export function useMapRuns(key: string, { enabled, live }: { enabled: boolean; live: boolean }) {
  return useQuery({
    queryKey: ["executions", "map-runs", key],
    queryFn: ({ signal }) => call<MapRun[]>("GET", `/api/executions/${key}/map-runs/`, { signal }),
    enabled,
    refetchInterval: ({ state }) =>
      live || state.data?.some(({ status }) => status === "RUNNING") ? 1_000 : false,
  });
}

/** Sets other bounds for a Map Run; 409 when it runs no more. */
export function useChangeMapRun(run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MapRunBounds) => call<MapRun>("PATCH", `/api/map-runs/${run}/`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["executions"] }),
  });
}
