import { keepPreviousData, queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./http.ts";

/** What a state was given and made when it last ran; a part that was not reached is absent. */
export interface Sample {
  execution: { id: string; name: string; started_at: string } | null;
  input?: unknown;
  result?: unknown;
  output?: unknown;
  error_output?: unknown;
  variables: Record<string, unknown>;
  context: Record<string, unknown>;
  /** Parts that are left out for their size. */
  too_large: string[];
}

export function readSample(id: string, state: string, signal?: AbortSignal): Promise<Sample> {
  return call<Sample>("GET", `/api/workflows/${id}/sample/`, { query: { state }, signal });
}

/** The same, remembered for as long as an author looks at one state. */
export function sampleQuery(id: string, state: string) {
  return queryOptions({
    queryKey: ["workflows", "sample", id, state],
    queryFn: ({ signal }) => readSample(id, state, signal),
    staleTime: 30_000,
  });
}

/** An expression or a rule to be tried. */
export interface Evaluation {
  language: "JSONata" | "JSONPath";
  kind?: "value" | "rule";
  field: string;
  value: unknown;
  /** What $ stands for in JSONPath. */
  root?: "input" | "result";
}

export type Tried = { ok: true; value: unknown } | { ok: false; error: string; cause: string };

/** Tries an expression with a sample; nothing is run. Asked again when it or the data changes. */
export function useTried(evaluation: Evaluation | null, sample: Sample | null) {
  const { input, result, error_output, context, variables } = sample ?? {};
  return useQuery({
    queryKey: ["tried", evaluation, sample],
    queryFn: ({ signal }) =>
      call<Tried>("POST", "/api/expressions/evaluate/", {
        body: { ...evaluation, input, result, error_output, context, variables },
        signal,
      }),
    enabled: evaluation !== null && sample !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    retry: false,
  });
}

/** The newest finished visit to a state in the last run. */
export interface Visit {
  state: string;
  type: string;
  visits: number;
  input?: unknown;
  output?: unknown;
  too_large: string[];
}

/** What each state was given and made in the last run. */
export function useLastRun(id: string) {
  return useQuery({
    queryKey: ["workflows", "last-run", id],
    queryFn: ({ signal }) =>
      call<{ execution: Sample["execution"]; states: Visit[] }>("GET", `/api/workflows/${id}/last-run/`, {
        signal,
      }),
    staleTime: 10_000,
  });
}

/** The same, asked once: of these states, or of all. */
export function readLastRun(
  id: string,
  states: readonly string[],
): Promise<{ execution: Sample["execution"]; states: Visit[] }> {
  const query = new URLSearchParams(states.map((state) => ["state", state])).toString();
  return call("GET", `/api/workflows/${id}/last-run/${query ? `?${query}` : ""}`);
}

export type Level = "INFO" | "DEBUG" | "TRACE";

export interface StateTest {
  definition: string;
  input?: unknown;
  variables?: Record<string, unknown>;
  context?: Record<string, unknown>;
  inspection_level: Level;
  mock?: {
    result?: unknown;
    error_output?: { error: string; cause?: string };
    field_validation_mode?: string;
  };
  reveal_secrets?: boolean;
  state_configuration?: { retrier_retry_count?: number };
}

export interface Tested {
  status: "SUCCEEDED" | "FAILED" | "RETRIABLE" | "CAUGHT_ERROR";
  output?: unknown;
  error: string | null;
  cause: string | null;
  next_state: string | null;
  /** Null at the level INFO. */
  inspection: Inspection | null;
}

/** The stages that the state has, each with its value. */
export interface Inspection {
  [stage: string]: unknown;
  error_details?: {
    catch_index: number | null;
    retry_index: number | null;
    backoff_seconds: number | null;
  };
  request?: { protocol: string; method: string; url: string; headers: string; body: string | null };
  response?: {
    protocol: string;
    status_code: string;
    status_message: string;
    headers: string;
    body: string;
  };
}

/** What becomes of a state's data, its work done by a mock; asked again when the state or the data changes. */
export function useFlow(test: StateTest | null) {
  return useQuery({
    queryKey: ["flow", test],
    queryFn: ({ signal }) => call<Tested>("POST", "/api/test-state/", { body: test, signal }),
    enabled: test !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    retry: false,
  });
}

/** Runs one state and says what came of it; nothing is kept. */
export function useTestState() {
  return useMutation({
    mutationFn: (test: StateTest) => call<Tested>("POST", "/api/test-state/", { body: test }),
  });
}
