import { useQuery, useQueryClient } from "@tanstack/react-query";
import { readEntries } from "@/api/executions.ts";
import type { Entry, ExecutionSummary } from "@/api/types.ts";
import { isLive, type Status } from "@/ui/status.ts";

interface Followed {
  entries: readonly Entry[];
  statuses: ReadonlyMap<string, Status>;
}

/* A thumbnail is no place for a history of any length: beyond this it keeps the colours it has. */
const ENTRIES_AT_MOST = 5_000;

/** The status of each state of an execution that has not ended; undefined where nothing is live. */
export function useLiveStatuses(
  execution: ExecutionSummary | null,
  definition: string,
): ReadonlyMap<string, Status> | undefined {
  const client = useQueryClient();
  const live = execution !== null && isLive(execution.status);
  const key = execution?.id ?? "";
  const queryKey = ["executions", "statuses", key];
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Followed> => {
      const known = client.getQueryData<Followed>(queryKey);
      const before = known?.entries ?? [];
      if (known && before.length >= ENTRIES_AT_MOST) return known;
      const [{ foldStatuses }, fresh] = await Promise.all([
        import("@/execution/statuses.ts"),
        readEntries(key, before.at(-1)?.seq ?? 0, signal),
      ]);
      if (known && fresh.entries.length === 0) return known;
      const entries = [...before, ...fresh.entries];
      return { entries, statuses: foldStatuses(definition, entries) };
    },
    enabled: live,
    refetchInterval: live ? 2_500 : false,
    structuralSharing: false,
  });
  return live ? data?.statuses : undefined;
}
