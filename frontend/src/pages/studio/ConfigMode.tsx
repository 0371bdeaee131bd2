import { useState } from "react";

import type { Workflow } from "@/api/types.ts";
import { asProblem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import { useSaveWorkflow } from "@/api/workflows.ts";
import { Button } from "@/ui/Button.tsx";
import { Field, Input, TextArea } from "@/ui/Field.tsx";
import { SettingsGroups } from "./SettingsGroups.tsx";
import { AliasesGroup } from "./versions/AliasesGroup.tsx";
import type { Side } from "./versions/sides.ts";
import { VersionsGroup } from "./versions/VersionsGroup.tsx";
import styles from "./ConfigMode.module.css";

interface ConfigModeProps {
  workflow: Workflow;
  onSaved: (workflow: Workflow) => void;
  mayEdit: boolean;
  onCompare: (before: Side, after: Side) => void;
  onRestore: (version: number) => void;
  /** The version whose note is to be written at once. */
  noting: number | null;
}

/** What belongs to the workflow and not to its definition; each group is saved by itself. */
export function ConfigMode(props: ConfigModeProps) {
  const { workflow, onSaved, mayEdit } = props;
  const mayPublish = useRight("publish");
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description);
  const save = useSaveWorkflow(workflow.id);
  const problem = save.error ? asProblem(save.error) : null;
  const changed = name !== workflow.name || description !== workflow.description;
  return (
    <div className={styles.page}>
      <section className={styles.column}>
        <h2>Name and type</h2>
        <Field label="Name" error={problem?.field("name") ?? null}>
          {(control) => (
            <Input
              {...control}
              value={name}
              disabled={!mayEdit}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Description"
          optional
          hint="One line of purpose, shown in the list."
          error={
            problem?.field("description") ?? (problem && !problem.field("name") ? problem.sentence : null)
          }
        >
          {(control) => (
            <TextArea
              {...control}
              value={description}
              disabled={!mayEdit}
              rows={2}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <Field label="Type" hint="Fixed when the workflow is made.">
          {(control) => (
            <Input
              {...control}
              value={workflow.type === "EXPRESS" ? "Express" : "Standard"}
              readOnly
              disabled
            />
          )}
        </Field>
        {mayEdit && (
          <div>
            <Button
              disabled={!changed || name.trim() === ""}
              busy={save.isPending && "Saving"}
              onClick={() => save.mutate({ name: name.trim(), description }, { onSuccess: onSaved })}
            >
              Save name and description
            </Button>
          </div>
        )}
        <h2>Versions</h2>
        <VersionsGroup
          workflow={workflow}
          mayEdit={mayEdit}
          mayPublish={mayPublish}
          onCompare={props.onCompare}
          onRestore={props.onRestore}
          noting={props.noting}
        />
        <h2>Aliases</h2>
        <AliasesGroup workflow={workflow} mayPublish={mayPublish} />
        <SettingsGroups workflow={workflow} mayPublish={mayPublish} />
      </section>
    </div>
  );
}
