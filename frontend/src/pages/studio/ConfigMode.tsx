import { useState } from "react";

import type { Workflow } from "@/api/types.ts";
import { asProblem } from "@/api/problem.ts";
import { useSaveWorkflow, useVersions } from "@/api/workflows.ts";
import { Button } from "@/ui/Button.tsx";
import { Field, Input, TextArea } from "@/ui/Field.tsx";
import { fullMoment, moment, useNow } from "@/ui/time.ts";
import styles from "./ConfigMode.module.css";

interface ConfigModeProps {
  workflow: Workflow;
  onSaved: (workflow: Workflow) => void;
  mayEdit: boolean;
}

/** What belongs to the workflow and not to its definition; each group is saved by itself. */
export function ConfigMode({ workflow, onSaved, mayEdit }: ConfigModeProps) {
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description);
  const save = useSaveWorkflow(workflow.id);
  const versions = useVersions(workflow.id);
  const now = useNow(60_000);
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
        {versions.data && versions.data.length > 0 ? (
          <table className={styles.versions}>
            <thead>
              <tr>
                <th>Version</th>
                <th>Published</th>
                <th>By</th>
                <th>Description</th>
              </tr>
            </thead>
            <tbody>
              {versions.data.map((version) => (
                <tr key={version.number}>
                  <td className="num strong">{version.number}</td>
                  <td title={fullMoment(version.created_at)}>{moment(version.created_at, now)}</td>
                  <td>
                    {typeof version.created_by === "string"
                      ? version.created_by
                      : (version.created_by?.name ?? "")}
                  </td>
                  <td className="second">{version.description}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p className="muted">Not published yet. Publishing makes version 1.</p>
        )}
      </section>
    </div>
  );
}
