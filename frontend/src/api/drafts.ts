import { useQuery } from "@tanstack/react-query";
import { call } from "./http.ts";
import { asProblem } from "./problem.ts";
import { readWorkflow } from "./workflows.ts";

/** What stands on the server of a draft: which revision, and whose. */
export interface DraftHead {
  draft_revision: number;
  draft_saved_by: string;
  /** What people call whoever saved it. */
  draft_saved_by_name: string;
  draft_saved_at: string;
}

const LOOKS_AGAIN = 4_000;

/** Who saved the draft last; looks again by itself while the window is looked at. */
export function useDraftHead(id: string) {
  return useQuery({
    queryKey: ["workflows", "draft", id],
    queryFn: ({ signal }) => call<DraftHead>("GET", `/api/workflows/${id}/draft/`, { signal }),
    // One that was deleted does not come back.
    refetchInterval: ({ state }) =>
      state.error && asProblem(state.error).status === 404 ? false : LOOKS_AGAIN,
    retry: false,
    gcTime: 0,
  });
}

/** The workflow with its draft as that revision of it stands on the server. */
export function useSavedDraft(id: string, revision: number, enabled = true) {
  return useQuery({
    queryKey: ["workflows", "saved", id, revision],
    queryFn: ({ signal }) => readWorkflow(id, signal),
    enabled,
    gcTime: 0,
    retry: false,
  });
}
