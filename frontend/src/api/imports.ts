import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { Diagnostic } from "./types.ts";

/** One thing that a definition would use, by which states, and whether it is there. */
export interface Use {
  name: string;
  states: string[];
  known: boolean;
}

/** What a definition would reach if it ran. */
export interface Review {
  states: number;
  language: "JSONata" | "JSONPath";
  actions: Use[];
  hosts: Use[];
  connections: Use[];
  functions: Use[];
  workflows: Use[];
  people: Use[];
  placeholders: string[];
  diagnostics: Diagnostic[];
  /** What would not run on AWS, or not as here. */
  aws: Diagnostic[];
}

/** Reads a definition without running it. */
export function useReview(definition: string, type: "STANDARD" | "EXPRESS" = "STANDARD", enabled = true) {
  return useQuery({
    queryKey: ["review", type, definition],
    queryFn: ({ signal }) =>
      call<Review>("POST", "/api/definitions/review/", { body: { definition, type }, signal }),
    enabled,
    staleTime: 60_000,
    gcTime: 60_000,
  });
}

/** A text from an address, fetched by the server through its one way out. */
export function useFetchDefinition() {
  return useMutation({
    mutationFn: (url: string) =>
      call<{ text: string; name: string }>("POST", "/api/definitions/fetch/", { body: { url } }),
  });
}
