import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem.ts";

const signedOut = (error: unknown) => error instanceof Problem && error.status === 401;

/** Makes the cache of everything read from the server; an answer of 401 anywhere ends the session on screen. */
export function makeQueryClient(): QueryClient {
  const endSession = (error: unknown) => {
    if (signedOut(error)) client.setQueryData(["session"], null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: endSession }),
    mutationCache: new MutationCache({ onError: endSession }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What the server refused it will refuse again; only an unreachable server is asked once more.
        retry: (failures, error) => failures < 1 && error instanceof Problem && error.status === 0,
      },
    },
  });
  return client;
}
