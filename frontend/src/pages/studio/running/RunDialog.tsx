import { useState } from "react";
import { useNavigate } from "react-router";

import { asProblem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { useStartExecution, useTemplates } from "@/api/workflows.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { JsonSyntaxError, parseJson } from "@/document/json.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Switch } from "@/ui/Switch.tsx";
import { InputEditor } from "./InputEditor.tsx";
import { pinsInForce } from "../trials/pins.ts";
import { RunTargetField, runInWords, type RunTarget } from "./RunTarget.tsx";
import styles from "./RunDialog.module.css";

/** What of the draft is to be run, where it is not the whole. */
export interface RunWanted {
  readonly until?: string;
  readonly from?: string;
  /** The box around it, which the input is handed to. */
  readonly inputOf?: string;
  /** What the states before it had assigned in the last run. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What it is run with; without it the input that was used before. */
  readonly input?: unknown;
}

interface RunDialogProps {
  workflow: Workflow;
  document: WorkflowDocument;
  wanted: RunWanted;
  onClose: () => void;
  /** Saves the draft first; false when that did not work. */
  flush: () => Promise<boolean>;
}

const key = (id: string) => `cuelight.input.${id}`;

/** Starts an execution of the draft or of the published version with an input that is checked as it is typed. */
export function RunDialog({ workflow, document, wanted, onClose, flush }: RunDialogProps) {
  const partly = wanted.until !== undefined || wanted.from !== undefined;
  const pins = pinsInForce(document);
  const pinned = Object.keys(pins).length;
  const [withPinned, setWithPinned] = useState(pinned > 0);
  const assigned = Object.keys(wanted.variables ?? {});
  const navigate = useNavigate();
  const remembered = localStorage.getItem(key(workflow.id));
  const templates = useTemplates(remembered === null);
  const sample = templates.data?.find(
    (template) => template.name === workflow.name || template.slug === workflow.name,
  )?.input;
  const [typed, setTyped] = useState<string | null>(
    wanted.input === undefined ? remembered : JSON.stringify(wanted.input, null, 2),
  );
  const text = typed ?? (sample === undefined || sample === null ? "{}" : JSON.stringify(sample, null, 2));
  const [name, setName] = useState("");
  const [target, setTarget] = useState<RunTarget>({ source: "draft" });
  const ofDraft = "source" in target && target.source === "draft";
  const [saving, setSaving] = useState(false);
  const [unsaved, setUnsaved] = useState(false);
  const start = useStartExecution(workflow.id);
  const problem = start.error ? asProblem(start.error) : null;

  let wrong: JsonSyntaxError | null = null;
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) wrong = error;
  }
  const fieldProblem = problem?.field("input_text") ?? problem?.field("input") ?? null;
  const targetProblem = problem?.field("version") ?? problem?.field("alias") ?? null;
  const error = wrong ? `Line ${wrong.line}, column ${wrong.column}: ${wrong.reason}` : fieldProblem;
  const diagnostics = problem?.extra["diagnostics"] as { message: string }[] | undefined;
  const general = unsaved
    ? "The draft could not be saved, so it was not started."
    : problem && fieldProblem === null && problem.field("name") === null && targetProblem === null
      ? (diagnostics?.[0]?.message ?? problem.sentence)
      : null;

  const run = async () => {
    if (wrong || saving || start.isPending) return;
    setSaving(true);
    const saved = !ofDraft || (await flush());
    setSaving(false);
    setUnsaved(!saved);
    if (!saved) return;
    if (wanted.from === undefined) localStorage.setItem(key(workflow.id), text);
    const usesPins = ofDraft && pinned > 0 && withPinned;
    start.mutate(
      {
        input_text: text,
        ...target,
        ...(name.trim() ? { name: name.trim() } : {}),
        ...(partly || usesPins
          ? {
              trial: {
                until: wanted.until ?? null,
                from: wanted.from ?? null,
                ...(usesPins ? { pins } : {}),
                ...(assigned.length > 0 ? { variables: wanted.variables } : {}),
              },
            }
          : {}),
      },
      { onSuccess: (execution) => void navigate(`/executions/${execution.id}`) },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={
        wanted.until !== undefined
          ? `Run ${workflow.name} up to ${wanted.until}`
          : wanted.from !== undefined
            ? `Run ${workflow.name} from ${wanted.from}`
            : `Run ${workflow.name}`
      }
      onSubmit={() => void run()}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            icon="play"
            type="submit"
            disabled={wrong !== null}
            busy={(saving || start.isPending) && "Starting"}
            data-testid="run-start"
            title="Ctrl Enter"
          >
            {partly || (ofDraft && pinned > 0 && withPinned)
              ? "Run trial"
              : runInWords(target, workflow.published_version)}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {!partly && (
          <RunTargetField workflow={workflow} value={target} onChange={setTarget} error={targetProblem} />
        )}
        {ofDraft && pinned > 0 && (
          <Switch
            label={
              <span title={Object.keys(pins).join(", ")}>
                {pinned === 1 ? "1 output is pinned; it is" : `${pinned} outputs are pinned; they are`} used
                in this trial only
              </span>
            }
            checked={withPinned}
            onChange={setWithPinned}
          />
        )}
        <div className={styles.field}>
          <p className={styles.label}>
            {wanted.from === undefined ? "Input" : `Input of ${wanted.inputOf ?? wanted.from}`}
          </p>
          <div className={styles.editor} data-bad={error ? "" : undefined} data-testid="run-input">
            <InputEditor text={text} onChange={setTyped} wrong={wrong} />
          </div>
          <p className={error ? styles.bad : styles.hint} role={error ? "alert" : undefined}>
            {error ??
              (wanted.from === undefined
                ? "JSON, handed to the first state. Ctrl Enter runs."
                : `JSON, handed to ${wanted.inputOf === undefined ? "this state" : `the box around ${wanted.from}`}.`)}
          </p>
        </div>
        {assigned.length > 0 && (
          <p
            className={styles.hint}
            title={JSON.stringify(wanted.variables, null, 2)}
            data-testid="run-variables"
          >
            With the variables of the last run: {assigned.map((each) => `$${each}`).join(", ")}.
          </p>
        )}
        <Field
          label="Name of the execution"
          optional
          hint="Starting again with one name and input while it runs gives the same execution."
          error={problem?.field("name") ?? null}
        >
          {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <p role="alert" className={styles.bad}>
          {general}
        </p>
      </div>
    </Dialog>
  );
}
