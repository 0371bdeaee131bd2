import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { Page, Right, Token } from "./types.ts";

export function useTokens() {
  return useQuery({
    queryKey: ["tokens"],
    queryFn: async ({ signal }) => {
      const answer = await call<Page<Token> | Token[]>("GET", "/api/tokens/", { signal });
      return Array.isArray(answer) ? answer : answer.results;
    },
  });
}

export interface NewToken {
  name: string;
  rights?: Right[];
  expires_at?: string | null;
}

/** Makes a token; its text comes this once. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewToken) => call<Token & { token: string }>("POST", "/api/tokens/", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | number) => call<undefined>("DELETE", `/api/tokens/${id}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}
