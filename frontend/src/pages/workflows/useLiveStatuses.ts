import { useQuery } from "@tanstack/react-query";
import { readAllEntries } from "@/api/executions.ts";
import type { ExecutionSummary } from "@/api/types.ts";
import { isLive, type Status } from "@/ui/status.ts";

/** The status of each state of an execution that has not ended; undefined where nothing is live. */
export function useLiveStatuses(
  execution: ExecutionSummary | null,
  definition: string,
): ReadonlyMap<string, Status> | undefined {
  const live = execution !== null && isLive(execution.status);
  const key = execution?.id ?? "";
  const { data } = useQuery({
    queryKey: ["executions", "statuses", key],
    queryFn: async ({ signal }) => {
      const [{ foldStatuses }, entries] = await Promise.all([
        import("@/execution/statuses.ts"),
        readAllEntries(key, 0, signal),
      ]);
      return foldStatuses(definition, entries);
    },
    enabled: live,
    refetchInterval: live ? 2_500 : false,
  });
  return live ? data : undefined;
}
