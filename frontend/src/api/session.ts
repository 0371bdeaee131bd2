import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";
import { Problem } from "./problem.ts";
import type { Right, Session } from "./types.ts";

/** Who is signed in, or null. */
export function useSession({ enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({
    queryKey: ["session"],
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        const session = await call<Session | { user: null }>("GET", "/api/session/", { signal });
        return session.user === null ? null : session;
      } catch (error) {
        if (error instanceof Problem && (error.status === 401 || error.status === 403)) return null;
        throw error;
      }
    },
    staleTime: 60_000,
    enabled,
  });
}

/** Whether the signed-in person has this right in the workspace. */
export function useRight(right: Right): boolean {
  return useSession().data?.rights.includes(right) ?? false;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { username: string; password: string }) =>
      call<Session>("POST", "/api/session/", { body: credentials }),
    onSuccess: (session) => {
      client.clear();
      client.setQueryData(["session"], session);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<undefined>("DELETE", "/api/session/"),
    onSuccess: () => {
      client.clear();
      client.setQueryData(["session"], null);
    },
  });
}
