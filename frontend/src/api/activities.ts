import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { Activity, Page } from "./types.ts";

/* More than anybody will list; the service allows ten thousand. */
const MOST = 200;

/** The activities by name; how much waits is looked at again every few seconds. */
export function useActivities() {
  return useQuery({
    queryKey: ["activities"],
    queryFn: ({ signal }) =>
      call<Page<Activity>>("GET", "/api/activities/", { query: { page_size: MOST }, signal }),
    refetchInterval: 5_000,
  });
}

export function useCreateActivity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call<Activity>("POST", "/api/activities/", { body: { name } }),
    onSuccess: () => changed(client),
  });
}

export function useDeleteActivity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call<undefined>("DELETE", `/api/activities/${encodeURIComponent(name)}/`),
    onSuccess: () => changed(client),
  });
}

/* The palette offers them too. */
function changed(client: QueryClient) {
  return Promise.all([
    client.invalidateQueries({ queryKey: ["activities"] }),
    client.invalidateQueries({ queryKey: ["catalog"] }),
  ]);
}
