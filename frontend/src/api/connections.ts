import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { Connection, Page } from "./types.ts";

/** All connections of the workspace, the built-in ones included. */
export function useConnections() {
  return useQuery({
    queryKey: ["connections"],
    queryFn: async ({ signal }) => {
      const answer = await call<Page<Connection> | Connection[]>("GET", "/api/connections/", { signal });
      return Array.isArray(answer) ? answer : answer.results;
    },
    refetchInterval: 10_000,
  });
}

export interface ConnectionChange {
  name?: string;
  kind?: string;
  base_url?: string;
  hosts?: string[];
  settings?: Record<string, unknown>;
  auth_type?: string;
  /** Written, never read again; left out, the stored one stays. */
  secret?: Record<string, string>;
}

/** Adds a connection, or changes the one with this id. */
export function useSaveConnection(id: string | number | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ConnectionChange) =>
      id === null
        ? call<Connection>("POST", "/api/connections/", { body: change })
        : call<Connection>("PATCH", `/api/connections/${id}/`, { body: change }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["connections"] }),
  });
}

export function useDeleteConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | number) => call<undefined>("DELETE", `/api/connections/${id}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["connections"] }),
  });
}

export interface CheckResult {
  status: string;
  /** A sentence that holds no secret. */
  detail: string;
}

/** Tries the connection now. */
export function useCheckConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | number) => call<CheckResult>("POST", `/api/connections/${id}/check/`),
    onSettled: () => client.invalidateQueries({ queryKey: ["connections"] }),
  });
}
