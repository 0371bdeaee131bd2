import type { Inspection, Tested } from "@/api/trying.ts";
import { useInspector } from "@/inspector/context.ts";
import { DataFlow } from "@/inspector/DataFlow.tsx";
import { stagesOf } from "@/inspector/stages.ts";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { StatusBadge } from "@/ui/StatusBadge.tsx";
import type { Status } from "@/ui/status.ts";
import styles from "./TestPanel.module.css";

const SIGNS: Record<Tested["status"], readonly [Status, string]> = {
  SUCCEEDED: ["succeeded", "Succeeded"],
  FAILED: ["failed", "Failed"],
  RETRIABLE: ["retrying", "Would be retried"],
  CAUGHT_ERROR: ["caught", "Caught error"],
};

/** What came of a test: status, where it goes on, each stage, and what was sent and received. */
export function TestResult({ tested }: { tested: Tested }) {
  const { state, language } = useInspector();
  const [status, word] = SIGNS[tested.status];
  const inspection: Inspection = tested.inspection ?? {};
  const stages = stagesOf(state, language, tested);
  const details = inspection.error_details;
  return (
    <section
      className={styles.result}
      aria-label="Result of the test"
      aria-live="polite"
      data-testid="test-result"
    >
      <p className={styles.status}>
        <StatusBadge status={status} word={word} />
        {tested.next_state !== null && (
          <span>
            then <strong>{tested.next_state}</strong>
          </span>
        )}
        {tested.next_state === null && tested.status === "SUCCEEDED" && <span>then the end</span>}
      </p>
      {tested.error !== null && (
        <div className={styles.error}>
          <strong>{tested.error}</strong>
          <p>{tested.cause}</p>
          {details && (
            <p className="small muted">
              {[
                details.retry_index !== null && `Retrier ${details.retry_index + 1}`,
                details.backoff_seconds !== null && `next try after ${details.backoff_seconds} s`,
                details.catch_index !== null && `Catcher ${details.catch_index + 1}`,
              ]
                .filter(Boolean)
                .join(", ")}
            </p>
          )}
        </div>
      )}
      {tested.inspection === null && tested.output !== undefined ? (
        <CodeValue label="Output" value={JSON.stringify(tested.output)} maxHeight="260px" />
      ) : (
        stages.length > 0 && <DataFlow stages={stages} />
      )}
      {inspection["variables"] !== undefined && (
        <CodeValue label="Variables set" value={JSON.stringify(inspection["variables"])} maxHeight="180px" />
      )}
      {inspection.request && (
        <details className={styles.http} open>
          <summary>
            {inspection.request.method} {inspection.request.url}
          </summary>
          <CodeValue label="Request headers" value={inspection.request.headers} maxHeight="140px" />
          {inspection.request.body !== null && (
            <CodeValue label="Request body" value={inspection.request.body} maxHeight="180px" />
          )}
        </details>
      )}
      {inspection.response && (
        <details className={styles.http} open>
          <summary>
            {inspection.response.status_code} {inspection.response.status_message}
          </summary>
          <CodeValue label="Response headers" value={inspection.response.headers} maxHeight="140px" />
          <CodeValue label="Response body" value={inspection.response.body} maxHeight="220px" />
        </details>
      )}
    </section>
  );
}
