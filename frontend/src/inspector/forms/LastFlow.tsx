import { useState } from "react";

import { useFlow, type Sample, type StateTest } from "@/api/trying.ts";
import type { JsonObject, QueryLanguage } from "@/asl/types.ts";
import { mayCatch } from "@/asl/walk.ts";
import { useInspector } from "@/inspector/context.ts";
import { DataFlow } from "@/inspector/DataFlow.tsx";
import { stagesOf } from "@/inspector/stages.ts";
import { definitionAlone, refusal } from "@/inspector/stateTest.ts";
import { Button } from "@/ui/Button.tsx";
import { useDebounced } from "@/ui/useDebounced.ts";
import styles from "@/inspector/Inspector.module.css";

/** What becomes of the last run's data with the fields as they are now; its work is not done again. */
export function LastFlow() {
  const { state, language, trying } = useInspector();
  const [open, setOpen] = useState(false);
  const settled = useDebounced(state, 500);
  const sample = trying?.sample ?? null;
  const works = mayCatch(state);
  const ready = sample !== null && sample.input !== undefined && (!works || sample.result !== undefined);
  const flow = useFlow(open && ready ? testOf(settled, language, sample) : null);
  if (!ready)
    return (
      <p className="small muted">
        After a run that came here, this is where its data is shown, stage after stage. Test state shows it
        before that.
      </p>
    );
  if (!open)
    return (
      <div className={styles.more}>
        <Button kind="quiet" small icon="list-tree" onClick={() => setOpen(true)}>
          Show the data flow of {sample.execution?.name ?? "the test input"}
        </Button>
      </div>
    );
  const refused = refusal(flow.error);
  return (
    <>
      {refused && (
        <p role="alert" className={styles.bad}>
          {refused}
        </p>
      )}
      {flow.data?.error && (
        <p role="alert" className={styles.bad}>
          {flow.data.error}: {flow.data.cause}
        </p>
      )}
      {flow.data && <DataFlow stages={stagesOf(settled, language, flow.data)} />}
    </>
  );
}

function testOf(state: JsonObject, language: QueryLanguage, sample: Sample): StateTest {
  return {
    definition: definitionAlone(state, language),
    input: sample.input,
    variables: sample.variables,
    inspection_level: "DEBUG",
    // What it made in that run stands in for its work.
    ...(mayCatch(state) ? { mock: { result: sample.result } } : {}),
  };
}
