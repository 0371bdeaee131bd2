import type { ExecutionSummary } from "@/api/types.ts";
import { executionStatus, isLive } from "@/ui/status.ts";
import { StatusText } from "@/ui/StatusBadge.tsx";
import { fullMoment, moment, roughly, useNow } from "@/ui/time.ts";

/** The last execution's status with its time: how long it runs, or when it ended. */
export function LastRun({ execution }: { execution: ExecutionSummary | null }) {
  const live = execution !== null && isLive(execution.status);
  const now = useNow(live ? 1000 : 60_000);
  if (execution === null) return <span className="muted grow">Never run</span>;
  const at = execution.stopped_at ?? execution.started_at;
  return (
    <>
      <StatusText status={executionStatus(execution.status, execution.waiting)} />
      <span className="muted clip grow num" title={fullMoment(at)}>
        {live ? roughly(now - new Date(execution.started_at).getTime()) : moment(at, now)}
      </span>
    </>
  );
}
