import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { AccessKey, Page, Right } from "./types.ts";

export function useAccessKeys() {
  return useQuery({
    queryKey: ["access-keys"],
    queryFn: async ({ signal }) =>
      (await call<Page<AccessKey>>("GET", "/api/access-keys/", { signal })).results,
  });
}

/** Makes an access key pair; its secret comes this once. */
export function useCreateAccessKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; rights?: Right[] }) =>
      call<AccessKey & { secret_access_key: string }>("POST", "/api/access-keys/", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["access-keys"] }),
  });
}

export function useRevokeAccessKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<undefined>("DELETE", `/api/access-keys/${id}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["access-keys"] }),
  });
}
