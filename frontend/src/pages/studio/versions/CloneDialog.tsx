import { useState } from "react";
import { useNavigate } from "react-router";

import { asProblem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { readVersion } from "@/api/versions.ts";
import { useCreateWorkflow } from "@/api/workflows.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Field, Input } from "@/ui/Field.tsx";

interface CloneDialogProps {
  workflow: Workflow;
  version: number;
  onClose: () => void;
}

/** Makes a workflow of its own from a version of this one. */
export function CloneDialog({ workflow, version, onClose }: CloneDialogProps) {
  const [name, setName] = useState(`${workflow.name}-copy`);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const create = useCreateWorkflow();
  const navigate = useNavigate();
  const clone = async () => {
    setBusy(true);
    try {
      const { definition, layout } = await readVersion(workflow.id, version);
      const made = await create.mutateAsync({
        name: name.trim(),
        description: workflow.description,
        type: workflow.type,
        definition,
        layout,
      });
      void navigate(`/workflows/${made.id}`);
    } catch (problem) {
      const found = asProblem(problem);
      setError(found.field("name") ?? found.sentence);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Clone version ${version} of ${workflow.name}`}
      text="The new workflow begins with a draft; its versions are counted from 1."
      onSubmit={() => void clone()}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy && "Cloning"} disabled={name.trim() === ""}>
            Clone version {version}
          </Button>
        </>
      }
    >
      <Field label="Name" hint="Letters, digits and hyphens." error={error}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            value={name}
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
