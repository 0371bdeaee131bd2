import { useEffect, useRef, useState } from "react";

import { asProblem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import { useSaveWorkflow } from "@/api/workflows.ts";
import { Button } from "@/ui/Button.tsx";
import { Field, Input, TextArea } from "@/ui/Field.tsx";
import { SavingGroup } from "../saving/SavingGroup.tsx";
import { SettingsGroups } from "./SettingsGroups.tsx";
import { TagsGroup } from "./TagsGroup.tsx";
import type { Draft } from "../saving/useDraft.ts";
import type { Publishing } from "../versions/usePublishing.ts";
import { Arn } from "../versions/Arn.tsx";
import { AliasesGroup } from "../versions/AliasesGroup.tsx";
import type { Side } from "../versions/sides.ts";
import { VersionsGroup } from "../versions/VersionsGroup.tsx";
import { NAME_IS_FIXED, NAME_RULE } from "@/pages/workflows/names.ts";
import { TYPES } from "@/pages/workflows/workflowTypes.ts";
import versionStyles from "../versions/Versions.module.css";
import styles from "./ConfigMode.module.css";

interface ConfigModeProps {
  draft: Draft;
  mayEdit: boolean;
  publishing: Publishing;
  onCompare: (before: Side, after: Side) => void;
  onRestore: (version: number) => void;
  /** The version whose note is to be written at once. */
  noting: number | null;
  /** Whether the versions are what is wanted; the page begins with them then. */
  atVersions: boolean;
}

/** What belongs to the workflow and not to its definition; each group is saved by itself. */
export function ConfigMode(props: ConfigModeProps) {
  const { draft, mayEdit } = props;
  const { workflow } = draft;
  const mayPublish = useRight("publish");
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description);
  const save = useSaveWorkflow(workflow.id);
  const problem = save.error ? asProblem(save.error) : null;
  const versions = useRef<HTMLHeadingElement>(null);
  const { atVersions } = props;
  useEffect(() => {
    if (atVersions) versions.current?.scrollIntoView();
  }, [atVersions]);
  const fixed = workflow.name_is_fixed;
  const changed = name !== workflow.name || description !== workflow.description;
  return (
    <div className={styles.page}>
      <section className={styles.column}>
        <h2>Name and type</h2>
        <Field label="Name" hint={fixed ? NAME_IS_FIXED : NAME_RULE} error={problem?.field("name") ?? null}>
          {(control) => (
            <Input
              {...control}
              value={name}
              disabled={!mayEdit || fixed}
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
        <Field label="Type" hint={`${TYPES[workflow.type].means} It stays what it is.`}>
          {(control) => <Input {...control} value={TYPES[workflow.type].label} readOnly disabled />}
        </Field>
        <section className={versionStyles.whole} aria-label="ARN">
          <span className="small strong">ARN</span>
          <Arn arn={workflow.arn} of="the workflow" />
          <p className="small muted">
            {fixed
              ? "What boto3, the AWS CLI and other programs start: the newest version. Versions and aliases have one of their own below."
              : "What boto3, the AWS CLI and other programs start, once a version is published. Until the first run or version it changes with the name."}
          </p>
        </section>
        {mayEdit && (
          <div>
            <Button
              disabled={!changed || name.trim() === ""}
              busy={save.isPending && "Saving"}
              onClick={() => save.mutate({ name: name.trim(), description }, { onSuccess: draft.update })}
            >
              Save name and description
            </Button>
          </div>
        )}
        <SettingsGroups workflow={workflow} mayPublish={mayPublish} />
        <h2 ref={versions}>Versions</h2>
        <VersionsGroup
          workflow={workflow}
          onPublish={props.publishing.ask}
          mayEdit={mayEdit}
          mayPublish={mayPublish}
          onCompare={props.onCompare}
          onRestore={props.onRestore}
          noting={props.noting}
        />
        <h2>Aliases</h2>
        <AliasesGroup workflow={workflow} mayPublish={mayPublish} />
        <h2>Tags</h2>
        <TagsGroup id={workflow.id} mayEdit={mayPublish} />
        {mayEdit && (
          <>
            <h2>Saving</h2>
            <SavingGroup draft={draft} publishing={props.publishing} mayPublish={mayPublish} />
          </>
        )}
      </section>
    </div>
  );
}
