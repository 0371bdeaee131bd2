import type { Watched } from "@/execution/watch.ts";
import { Button } from "@/ui/Button.tsx";
import { isLive } from "@/ui/status.ts";
import { numeral, useNow } from "@/ui/time.ts";
import styles from "./ExecutionPage.module.css";

/** Whether what is shown is the present: "Live", or when the next try to reach the server is. */
export function LiveSign({ watched, onAgain }: { watched: Watched; onAgain: () => void }) {
  const { connection, reading, model } = watched;
  if (reading)
    return (
      <span className={`${styles.live} small second num`}>
        Reading {numeral(reading.done)} of {numeral(reading.of)}
      </span>
    );
  switch (connection.phase) {
    case "live":
      return isLive(model.status) ? (
        <span className={`${styles.live} small second`} data-testid="live">
          <i />
          Live
        </span>
      ) : null;
    case "connecting":
      return <span className={`${styles.live} small muted`}>Connecting…</span>;
    case "lost":
      return <Lost retryAt={connection.retryAt} onAgain={onAgain} />;
    case "refused":
      return <span className={`${styles.live} small`}>{refusals[connection.why]}</span>;
  }
}

const refusals = {
  "signed-out": "Live view ended: you are signed out",
  "no-right": "Live view ended: you have no right to see the data",
  unknown: "Live view ended: this execution is gone",
};

function Lost({ retryAt, onAgain }: { retryAt: number; onAgain: () => void }) {
  const now = useNow(500);
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <span className={`${styles.lost} small`} role="status" data-testid="live-lost">
      Live view lost, trying again in {seconds} s
      <Button kind="quiet" small onClick={onAgain}>
        Try now
      </Button>
    </span>
  );
}
