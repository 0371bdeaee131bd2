import { useState } from "react";

import { asProblem } from "@/api/problem.ts";
import { useLastRun } from "@/api/trying.ts";
import type { Json } from "@/asl/types.ts";
import { Button } from "@/ui/Button.tsx";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { pinnable, pinsOf, withPins, type Pins } from "./pins.ts";
import type { Editor } from "../useEditor.ts";
import styles from "./PinsDialog.module.css";

interface PinsDialogProps {
  id: string;
  editor: Editor;
  onClose: () => void;
}

/** Pins the outputs of many states at once: those of the last run, or those that are pinned already. */
export function PinsDialog({ id, editor, onClose }: PinsDialogProps) {
  const { document } = editor;
  const before = pinsOf(document.layout);
  const last = useLastRun(id);
  const outputs = new Map(
    (last.data?.states ?? []).flatMap((visit): [string, Json][] =>
      "output" in visit ? [[visit.state, visit.output as Json]] : [],
    ),
  );
  const names = pinnable(document).filter((name) => name in before || outputs.has(name));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(Object.keys(before)));
  const [shown, setShown] = useState<string | null>(null);
  const value = (name: string): Json =>
    name in before ? (before[name] ?? null) : (outputs.get(name) ?? null);
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  const save = () => {
    const pins: Pins = Object.fromEntries(
      names.filter((name) => chosen.has(name)).map((name) => [name, value(name)]),
    );
    editor.edit("pin outputs", (now) => withPins(now, pins));
    onClose();
  };
  const all = names.every((name) => chosen.has(name));
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Pin outputs"
      text={
        last.error
          ? asProblem(last.error).sentence
          : "A trial of the draft hands a pinned output on instead of doing the state’s work. What is published never uses pins."
      }
      onSubmit={save}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" icon="pin">
            {chosen.size === 0
              ? "Pin nothing"
              : `Pin ${chosen.size} ${chosen.size === 1 ? "output" : "outputs"}`}
          </Button>
        </>
      }
    >
      {last.data && names.length === 0 && (
        <p>
          {last.data.execution
            ? "The last run left no Task, Parallel or Map state with an output that can be pinned."
            : "Run the workflow once; the outputs of that run can then be pinned."}
        </p>
      )}
      {names.length > 0 && (
        <div className={styles.columns}>
          <ul className={styles.list} aria-label="States">
            <li>
              <label>
                <input type="checkbox" checked={all} onChange={() => setChosen(new Set(all ? [] : names))} />
                <span className="grow">All of them</span>
              </label>
            </li>
            {names.map((name) => (
              <li key={name}>
                <label>
                  <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
                  <span className="grow clip strong" title={name}>
                    {name}
                  </span>
                </label>
                <Button
                  kind="quiet"
                  small
                  aria-pressed={shown === name}
                  aria-label={`Show the output of ${name}`}
                  onClick={() => setShown(name)}
                >
                  {name in before ? "pinned" : "last run"}
                </Button>
              </li>
            ))}
          </ul>
          {shown !== null && (
            <CodeValue label={`Output of ${shown}`} value={JSON.stringify(value(shown))} maxHeight="320px" />
          )}
        </div>
      )}
    </Dialog>
  );
}
