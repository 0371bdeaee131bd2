import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { Page, Version } from "./types.ts";

/** A version with what it runs. */
export interface VersionDetail extends Version {
  definition: string;
  layout: unknown;
}

export interface Route {
  version: number;
  /** Per cent. */
  weight: number;
}

export interface Alias {
  name: string;
  arn: string;
  description: string;
  routes: Route[];
  created_at: string;
  updated_at: string;
}

const versionKey = (id: string) => ["workflows", "versions", id];
const aliasKey = (id: string) => ["workflows", "aliases", id];

export function readVersion(id: string, number: number, signal?: AbortSignal): Promise<VersionDetail> {
  return call<VersionDetail>("GET", `/api/workflows/${id}/versions/${number}/`, { signal });
}

/** What a version runs never changes, so it is read once. */
export function useVersion(id: string, number: number | null) {
  return useQuery({
    queryKey: [...versionKey(id), number],
    queryFn: ({ signal }) => readVersion(id, number ?? 0, signal),
    enabled: number !== null,
    staleTime: Infinity,
  });
}

const MOST_ON_A_PAGE = 200;

/** All versions of a workflow, the newest first, for lists to choose from; read page by page. */
export function useEveryVersion(id: string, enabled = true) {
  return useQuery({
    queryKey: [...versionKey(id), "every"],
    queryFn: async ({ signal }) => {
      const found: Version[] = [];
      for (let page = 1; ; page += 1) {
        const query = { page, page_size: MOST_ON_A_PAGE };
        const answer = await call<Page<Version>>("GET", `/api/workflows/${id}/versions/`, { query, signal });
        found.push(...answer.results);
        if (answer.next === null) return found;
      }
    },
    enabled,
  });
}

export function useNoteVersion(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ number, description }: { number: number; description: string }) =>
      call<Version>("PATCH", `/api/workflows/${id}/versions/${number}/`, { body: { description } }),
    onSuccess: () => client.invalidateQueries({ queryKey: versionKey(id) }),
  });
}

export function useAliases(id: string, enabled = true) {
  return useQuery({
    queryKey: aliasKey(id),
    enabled,
    queryFn: ({ signal }) => call<Alias[]>("GET", `/api/workflows/${id}/aliases/`, { signal }),
  });
}

export interface NewAlias {
  name: string;
  description: string;
  routes: Route[];
}

/** Makes an alias, or changes the one that is named. */
export function useSaveAlias(id: string, existing: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, description, routes }: NewAlias) =>
      existing === null
        ? call<Alias>("POST", `/api/workflows/${id}/aliases/`, { body: { name, description, routes } })
        : call<Alias>("PATCH", `/api/workflows/${id}/aliases/${encodeURIComponent(existing)}/`, {
            body: { description, routes },
          }),
    onSuccess: () => client.invalidateQueries({ queryKey: aliasKey(id) }),
  });
}

export function useDeleteAlias(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      call<undefined>("DELETE", `/api/workflows/${id}/aliases/${encodeURIComponent(name)}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: aliasKey(id) }),
  });
}
