import type { Sample, Tested } from "@/api/trying.ts";
import type { Json } from "@/asl/types.ts";
import { JsonInput } from "@/inspector/controls.tsx";
import { Button } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { pinsOf } from "./pins.ts";
import type { Editor } from "../useEditor.ts";
import type { Trials } from "./useTrials.ts";
import styles from "./PinPanel.module.css";

interface PinPanelProps {
  name: string;
  editor: Editor;
  trials: Trials;
  sample: Sample | null;
  /** What a test of this state has just made. */
  tested: Tested | null;
  readOnly: boolean;
}

/** The output that trials are given instead of this state's work: pinned from a test or a run, typed, taken away. */
export function PinPanel({ name, editor, trials, sample, tested, readOnly }: PinPanelProps) {
  const pins = pinsOf(editor.document.layout);
  const value = pins[name];
  if (!trials.mayPin(name)) return null;
  const made = tested?.status === "SUCCEEDED" ? (tested.output as Json | undefined) : undefined;
  const before = sample?.output as Json | undefined;
  return (
    <section className={styles.panel} aria-label="Pinned output" data-testid="pin-panel">
      {value === undefined ? (
        <p className={styles.words}>
          <strong>Output</strong>
          <span className="small muted">Not pinned: a trial does this state’s work.</span>
        </p>
      ) : (
        <Field label="Pinned output" hint="Trials are given this instead of the state’s work." tight>
          {(control) => (
            <JsonInput
              {...control}
              key={name}
              required
              value={value}
              disabled={readOnly}
              onChange={(next) => next !== undefined && trials.pin(name, next, `pin ${name}`)}
            />
          )}
        </Field>
      )}
      {!readOnly && (
        <div className={styles.acts}>
          {made !== undefined && (
            <Button small icon="pin" onClick={() => trials.pin(name, made)}>
              Pin this output
            </Button>
          )}
          {value === undefined && made === undefined && before !== undefined && (
            <Button small icon="pin" onClick={() => trials.pin(name, before)}>
              Pin the last run’s output
            </Button>
          )}
          {value === undefined ? (
            <Button small kind="quiet" icon="pencil" onClick={() => trials.pin(name, {})}>
              Type an output
            </Button>
          ) : (
            <Button small icon="pin-off" onClick={() => trials.unpin([name])}>
              Unpin
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
