import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";

import { asProblem, Problem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import type { Workflow } from "@/api/types.ts";
import { useCreatePublished, useFirstFree, useNameTaken, validateDefinition } from "@/api/workflows.ts";
import {
  extractionOf,
  nestedDocument,
  withTask,
  type Extraction,
} from "@/document/commands/nested/extract.ts";
import { isObstacle, type Obstacle } from "@/document/commands/nested/passage.ts";
import { nameOf } from "@/document/places.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { asName, nameProblem } from "@/pages/workflows/names.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { toast } from "@/ui/Toast.tsx";
import { useDebounced } from "@/ui/useDebounced.ts";
import type { Editor } from "../useEditor.ts";
import { Passing } from "./Passing.tsx";
import { movedOut } from "./standing.ts";
import type { ExtractWanted, Nesting } from "./useNesting.ts";

interface ExtractDialogProps {
  workflow: Workflow;
  editor: Editor;
  graph: PlacedGraph;
  wanted: ExtractWanted;
  nesting: Nesting;
}

/** Asks what the new workflow is called and says what goes in and out; or says what is in the way. */
export function ExtractDialog(props: ExtractDialogProps) {
  const mayPublish = useRight("publish");
  const { definition } = props.editor.document;
  const found = hindered(props.workflow, mayPublish) ?? extractionOf(definition, props.wanted.paths);
  return isObstacle(found) ? (
    <InTheWay obstacle={found} {...props} />
  ) : (
    <Extracting extraction={found} {...props} />
  );
}

function hindered(workflow: Workflow, mayPublish: boolean): Obstacle | null {
  if (workflow.type === "EXPRESS")
    return { reason: "This is an Express workflow, which cannot wait for another one." };
  if (!mayPublish)
    return {
      reason: "The new workflow has to be published to be started, and you have no right to publish.",
    };
  return null;
}

function InTheWay({ obstacle, wanted, nesting }: ExtractDialogProps & { obstacle: Obstacle }) {
  return (
    <Dialog
      open
      onClose={nesting.close}
      title={`${counted(wanted.paths.length)} cannot be extracted as ${wanted.paths.length === 1 ? "it is" : "they are"}`}
      text={obstacle.reason}
      actions={
        <>
          {obstacle.from !== undefined && (
            <Button icon="eye" onClick={() => nesting.show(obstacle)}>
              Show it
            </Button>
          )}
          <Button kind="primary" onClick={nesting.close}>
            Close
          </Button>
        </>
      }
    />
  );
}

function Extracting(props: ExtractDialogProps & { extraction: Extraction }) {
  const { workflow, editor, graph, wanted, extraction, nesting } = props;
  const navigate = useNavigate();
  const create = useCreatePublished();
  const [written, setName] = useState<string | null>(null);
  const wished = asName(`${workflow.name} ${extraction.start}`);
  const free = useFirstFree((number) => (number === 1 ? wished : `${wished.slice(0, 76)}-${number}`));
  const name = written ?? free ?? wished;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // It is marked whole, so that whoever wants another name only types it.
    if (written === null) field.current?.select();
  }, [written, free]);
  const [description, setDescription] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const typed = useDebounced(name.trim());
  const unfit = nameProblem(name.trim());
  const taken = useNameTaken(typed, nameProblem(typed) === null) === true && typed === name.trim();
  const nameError =
    unfit ??
    problem?.field("name") ??
    (taken ? `A workflow is called ${typed} already. Write another name.` : null);

  const extract = async () => {
    const document = editor.current();
    const moved = movedOut(document, graph, extraction, wanted.notes);
    const nested = nestedDocument(document, extraction, moved);
    const { diagnostics } = await validateDefinition(nested.text, "STANDARD");
    const [error] = diagnostics.filter(({ severity }) => severity === "ERROR");
    if (error)
      throw new Problem(422, {
        title: "These states have errors",
        detail: `${error.message}. Mend that first.`,
      });
    const made = await create.mutateAsync({
      name: name.trim(),
      description: description.trim(),
      definition: nested.text,
      layout: nested.layout,
    });
    const { document: after, task } = withTask(document, extraction, made.arn, made.name, wanted.notes);
    editor.edit(`extract ${counted(wanted.paths.length)} to ${made.name}`, () => after);
    nesting.hold(nameOf(task));
    toast({
      title: `${made.name} is made and published`,
      text: "Undo puts the states back here; the new workflow stays.",
      act: { label: "Open it", onSelect: () => void navigate(`/workflows/${made.id}`) },
    });
  };
  const submit = async () => {
    if (nameError !== null || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await extract();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      // While the workflow is made the draft must stay as it is.
      onClose={() => !busy && nesting.close()}
      title={`Extract ${counted(wanted.paths.length)} to a workflow`}
      text="One Task starts it in their place, and waits for its end."
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={nesting.close} disabled={busy}>
            Cancel
          </Button>
          <Button
            kind="primary"
            type="submit"
            icon="workflow"
            busy={busy && "Extracting"}
            disabled={nameError !== null}
          >
            Extract
          </Button>
        </>
      }
    >
      <Field label="Name" hint="Letters, digits and hyphens; it stays as it is." error={nameError}>
        {(control) => (
          <Input
            {...control}
            ref={field}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              setProblem(null);
            }}
          />
        )}
      </Field>
      <Field
        label="Description"
        optional
        hint="One line; it stands on the card."
        error={problem?.field("description")}
      >
        {(control) => (
          <Input {...control} value={description} onChange={(event) => setDescription(event.target.value)} />
        )}
      </Field>
      <Passing extraction={extraction} />
      {problem && problem.field("name") === null && problem.field("description") === null && (
        <ErrorPanel title={problem.title} text={problem.sentence} />
      )}
    </Dialog>
  );
}

function counted(states: number): string {
  return states === 1 ? "1 state" : `${states} states`;
}
