import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { Approval, ApprovalStatus, Page } from "./types.ts";

export interface ApprovalFilter {
  scope: "mine" | "all";
  status?: ApprovalStatus;
  /** Words of the question, or of the workflow's name. */
  search?: string;
  page?: number;
}

/* The rows say their status in capitals. */
function read(approval: Approval): Approval {
  return { ...approval, status: approval.status.toLowerCase() as ApprovalStatus };
}

export function useApprovals(filter: ApprovalFilter, enabled = true) {
  return useQuery({
    queryKey: ["approvals", "list", filter],
    queryFn: async ({ signal }) => {
      const page = await call<Page<Approval>>("GET", "/api/approvals/", { query: { ...filter }, signal });
      return { ...page, results: page.results.map(read) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
    enabled,
  });
}

export function useApproval(id: string | undefined) {
  return useQuery({
    queryKey: ["approvals", "one", id],
    queryFn: async ({ signal }) => read(await call<Approval>("GET", `/api/approvals/${id}/`, { signal })),
    refetchInterval: 5_000,
    enabled: id !== undefined,
  });
}

export interface Vote {
  choice: string;
  comment?: string;
  fields?: Record<string, unknown>;
}

/** Decides, or votes; when somebody was faster the Problem of status 409 has `extra.decision`. */
export function useDecide(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (vote: Vote) => call<unknown>("POST", `/api/approvals/${id}/decide/`, { body: vote }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["approvals"] }),
        client.invalidateQueries({ queryKey: ["executions"] }),
      ]),
  });
}

export function useSendAgain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | number) => call<unknown>("POST", `/api/approvals/${id}/send-again/`),
    onSettled: () => client.invalidateQueries({ queryKey: ["approvals"] }),
  });
}
