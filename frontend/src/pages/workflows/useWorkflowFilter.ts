import { useSearchParams } from "react-router";
import { useTyped } from "@/ui/useTyped.ts";

export type Shape = "grid" | "list";

export interface ListState {
  search: string;
  status: string;
  owner: string;
  ordering: string;
  page: number;
}

const FIRST_ORDER = "-last_run";

/** What the list shows, kept in the address so that it survives reload, back and a shared link. */
export function useListState(): [ListState, (change: Partial<ListState>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const [search, setSearch] = useTyped(parameters.get("search") ?? "");
  const state: ListState = {
    search,
    status: parameters.get("status") ?? "",
    owner: parameters.get("owner") ?? "",
    ordering: parameters.get("ordering") ?? FIRST_ORDER,
    page: Math.max(1, Number(parameters.get("page")) || 1),
  };
  const change = (part: Partial<ListState>) => {
    // Another filter begins at its first page.
    const next = { ...state, page: 1, ...part };
    if (next.search !== search) setSearch(next.search);
    const given = new URLSearchParams();
    if (next.search) given.set("search", next.search);
    if (next.status) given.set("status", next.status);
    if (next.owner) given.set("owner", next.owner);
    if (next.ordering !== FIRST_ORDER) given.set("ordering", next.ordering);
    if (next.page > 1) given.set("page", String(next.page));
    setParameters(given, { replace: true });
  };
  return [state, change];
}
