import { useState } from "react";
import { useChangeMapRun } from "@/api/executions.ts";
import { asProblem } from "@/api/problem.ts";
import type { MapRun } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input } from "@/ui/Field.tsx";

/** Sets other bounds for a Map Run: more children start at once, those that run are left to end. */
export function MapRunDialog({ run, onClose }: { run: MapRun; onClose: () => void }) {
  const change = useChangeMapRun(run.id);
  const [most, setMost] = useState(String(run.max_concurrency));
  const [count, setCount] = useState(String(run.tolerated_failure_count));
  const [share, setShare] = useState(String(run.tolerated_failure_percentage));
  const [tried, setTried] = useState(false);
  const wrong = {
    most: whole(most),
    count: whole(count),
    share: Number(share) >= 0 && Number(share) <= 100 && share !== "" ? null : "A number from 0 to 100.",
  };
  const submit = () => {
    setTried(true);
    if (wrong.most ?? wrong.count ?? wrong.share) return;
    change.mutate(
      {
        max_concurrency: Number(most),
        tolerated_failure_count: Number(count),
        tolerated_failure_percentage: Number(share),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Change the bounds of this Map Run?"
      text="A higher number starts more children at once. A lower one lets those that run end."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Keep them</Button>
          <Button kind="primary" type="submit" busy={change.isPending && "Changing…"}>
            Change bounds
          </Button>
        </>
      }
    >
      <Field
        label="Children at one time"
        hint="0: as many as the quota allows."
        error={tried ? wrong.most : null}
      >
        {(control) => (
          <Input {...control} inputMode="numeric" value={most} onChange={(e) => setMost(e.target.value)} />
        )}
      </Field>
      <Field
        label="How many may fail"
        hint="0: no bound of its own, and none at all where the share is 0 too."
        error={tried ? wrong.count : null}
      >
        {(control) => (
          <Input {...control} inputMode="numeric" value={count} onChange={(e) => setCount(e.target.value)} />
        )}
      </Field>
      <Field
        label="Or what share of them, in per cent"
        error={(tried ? wrong.share : null) ?? (change.error ? asProblem(change.error).sentence : null)}
      >
        {(control) => (
          <Input {...control} inputMode="decimal" value={share} onChange={(e) => setShare(e.target.value)} />
        )}
      </Field>
    </Dialog>
  );
}

function whole(text: string): string | null {
  return /^\d{1,9}$/.test(text.trim()) ? null : "A whole number of at least 0.";
}
