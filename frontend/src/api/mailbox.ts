import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { Mail, Page } from "./types.ts";

/** One page of the mails kept in the database, the newest first. */
export function useMailbox(page: number) {
  return useQuery({
    queryKey: ["mailbox", "list", page],
    queryFn: ({ signal }) => call<Page<Mail>>("GET", "/api/mailbox/", { query: { page }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });
}

export function useMail(id: string | undefined) {
  return useQuery({
    queryKey: ["mailbox", "one", id],
    queryFn: ({ signal }) => call<Mail>("GET", `/api/mailbox/${id}/`, { signal }),
    enabled: id !== undefined,
  });
}
