import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";

import { asProblem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { useStartExecution, useTemplates } from "@/api/workflows.ts";
import { JsonSyntaxError, parseJson } from "@/document/json.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import styles from "./RunDialog.module.css";

const CodeEditor = lazy(() => import("@/code/CodeEditor.tsx"));

interface RunDialogProps {
  workflow: Workflow;
  onClose: () => void;
  /** Saves the draft first; false when that did not work. */
  flush: () => Promise<boolean>;
}

const key = (id: string) => `cuelight.input.${id}`;

/** Starts an execution of the draft or of the published version with an input that is checked as it is typed. */
export function RunDialog({ workflow, onClose, flush }: RunDialogProps) {
  const navigate = useNavigate();
  const remembered = localStorage.getItem(key(workflow.id));
  const templates = useTemplates(remembered === null);
  const sample = templates.data?.find(
    (template) => template.name === workflow.name || template.slug === workflow.name,
  )?.input;
  const [typed, setTyped] = useState<string | null>(remembered);
  const text = typed ?? (sample === undefined || sample === null ? "{}" : JSON.stringify(sample, null, 2));
  const [name, setName] = useState("");
  const [source, setSource] = useState<"draft" | "published">("draft");
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
  const error = wrong ? `Line ${wrong.line}, column ${wrong.column}: ${wrong.reason}` : fieldProblem;
  const diagnostics = problem?.extra["diagnostics"] as { message: string }[] | undefined;
  const general = unsaved
    ? "The draft could not be saved, so it was not started."
    : problem && fieldProblem === null && problem.field("name") === null
      ? (diagnostics?.[0]?.message ?? problem.sentence)
      : null;

  const run = async () => {
    if (wrong) return;
    setSaving(true);
    const saved = source === "published" || (await flush());
    setSaving(false);
    setUnsaved(!saved);
    if (!saved) return;
    localStorage.setItem(key(workflow.id), text);
    start.mutate(
      { input_text: text, source, ...(name.trim() ? { name: name.trim() } : {}) },
      { onSuccess: (execution) => void navigate(`/executions/${execution.id}`) },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={`Run ${workflow.name}`}
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
          >
            {source === "draft" ? "Run draft" : `Run version ${workflow.published_version ?? ""}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Segmented
          label="What is run"
          value={source}
          onChange={setSource}
          segments={[
            { value: "draft", label: "Draft" },
            {
              value: "published",
              label:
                workflow.published_version === null ? "Published" : `Version ${workflow.published_version}`,
              disabled: workflow.published_version === null,
              title: workflow.published_version === null ? "Nothing is published yet" : undefined,
            },
          ]}
        />
        <div className={styles.field}>
          <p className={styles.label}>Input</p>
          <div className={styles.editor} data-bad={error ? "" : undefined} data-testid="run-input">
            <Suspense fallback={<p className="muted">Opening the editor</p>}>
              <CodeEditor
                label="Input"
                text={text}
                onChange={setTyped}
                marks={
                  wrong
                    ? [{ from: wrong.offset, to: wrong.offset + 1, severity: "error", message: wrong.reason }]
                    : []
                }
              />
            </Suspense>
          </div>
          <p className={error ? styles.bad : styles.hint} role={error ? "alert" : undefined}>
            {error ?? "JSON, handed to the first state."}
          </p>
        </div>
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
