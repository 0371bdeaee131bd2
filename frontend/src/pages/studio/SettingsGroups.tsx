import { useState } from "react";

import {
  useChangeConfiguration,
  useConfiguration,
  type Configuration,
  type WorkflowTag,
} from "@/api/configuration.ts";
import { useReview, type Use } from "@/api/imports.ts";
import { asProblem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Icon, type IconName } from "@/ui/icons.tsx";
import { Select } from "@/ui/Select.tsx";
import { Switch } from "@/ui/Switch.tsx";
import { toast } from "@/ui/Toast.tsx";
import styles from "./ConfigMode.module.css";

interface GroupsProps {
  workflow: Workflow;
  mayPublish: boolean;
}

const LEVELS = [
  { value: "OFF", label: "Nothing" },
  { value: "FATAL", label: "Executions that end badly" },
  { value: "ERROR", label: "Errors" },
  { value: "ALL", label: "Everything" },
] as const;

/** Rights and reach, logging, tracing and tags of a workflow; each is saved as it is changed. */
export function SettingsGroups({ workflow, mayPublish }: GroupsProps) {
  const { data } = useConfiguration(workflow.id);
  const change = useChangeConfiguration(workflow.id);
  const save = (values: Partial<Configuration>) =>
    change.mutate(values, {
      onError: (error) =>
        toast({ title: "The setting was not saved", text: asProblem(error).sentence, tone: "error" }),
    });
  return (
    <>
      <h2>Rights and connections</h2>
      <Reach workflow={workflow} role={data?.role_arn ?? ""} />
      <h2>Logging and tracing</h2>
      <p className="small muted">
        Cuelight keeps the whole record of every execution. These settings are those of the AWS API: they go
        with the workflow to AWS, and a change makes a new revision.
        {data && !data.published && " They can be set once a version is published."}
      </p>
      <Field label="On AWS, CloudWatch gets" tight>
        {(control) => (
          <Select
            {...control}
            disabled={!mayPublish || !data?.published}
            value={data?.logging_level ?? "OFF"}
            options={[...LEVELS]}
            onChange={(event) =>
              save({ logging_level: event.target.value as Configuration["logging_level"] })
            }
          />
        )}
      </Field>
      <Switch
        label="With inputs and outputs"
        checked={data?.log_data ?? false}
        disabled={!mayPublish || !data?.published || data.logging_level === "OFF"}
        onChange={(log_data) => save({ log_data })}
      />
      <Switch
        label="Trace with X-Ray"
        checked={data?.tracing ?? false}
        disabled={!mayPublish || !data?.published}
        onChange={(tracing) => save({ tracing })}
      />
      <h2>Tags</h2>
      {data && (
        <Tags
          key={JSON.stringify(data.tags)}
          tags={data.tags}
          mayEdit={mayPublish}
          onSave={(tags) => save({ tags })}
        />
      )}
    </>
  );
}

/** What the draft would reach if it ran, and with whose rights. */
function Reach({ workflow, role }: { workflow: Workflow; role: string }) {
  const { data } = useReview(workflow.definition, workflow.type);
  const rows: { title: string; icon: IconName; uses: readonly Use[] }[] = data
    ? [
        { title: "Connections", icon: "plug", uses: data.connections },
        { title: "Hosts", icon: "globe", uses: data.hosts },
        {
          title: "AWS actions",
          icon: "cloud",
          uses: data.actions.filter(({ name }) => !/^arn:cuelight:|:::http:invoke|:::states:/.test(name)),
        },
        { title: "Functions", icon: "square-function", uses: data.functions },
        { title: "Workflows", icon: "workflow", uses: data.workflows },
        { title: "People", icon: "users", uses: data.people },
      ]
    : [];
  const used = rows.filter(({ uses }) => uses.length > 0);
  return (
    <>
      <p className="small muted">
        It runs with the connections that it names, and AWS actions with the connection of their role or the
        server’s own AWS settings. Who publishes or tries a workflow with connections needs the right to use
        them.
      </p>
      {role && <p className="small">Role of the AWS API: {role}</p>}
      {data && used.length === 0 && <p>The draft reaches nothing outside.</p>}
      {used.length > 0 && (
        <ul className={styles.reach} aria-label="What the draft reaches">
          {used.map(({ title, icon, uses }) => (
            <li key={title}>
              <Icon name={icon} size="s" />
              <strong>{title}</strong>
              <span className="grow second">
                {uses.map(({ name, known }) => `${shortName(name)}${known ? "" : " (not there)"}`).join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function shortName(name: string): string {
  return name.replace(/^arn:(aws|cuelight):states:::(aws-sdk:)?/, "");
}

function Tags(props: {
  tags: readonly WorkflowTag[];
  mayEdit: boolean;
  onSave: (tags: WorkflowTag[]) => void;
}) {
  const [tags, setTags] = useState<WorkflowTag[]>([...props.tags]);
  const keys = tags.map(({ key }) => key.trim());
  const wrong = keys.some((key, index) => key === "" || keys.indexOf(key) !== index);
  const changed = JSON.stringify(tags) !== JSON.stringify(props.tags);
  const put = (index: number, change: Partial<WorkflowTag>) =>
    setTags(tags.map((tag, at) => (at === index ? { ...tag, ...change } : tag)));
  return (
    <div className={styles.tags}>
      {tags.length === 0 && <p className="small muted">No tags. They are found again over the AWS API.</p>}
      {tags.map((tag, index) => (
        <div className={styles.tag} key={index}>
          <Input
            aria-label={`Tag ${index + 1}: key`}
            placeholder="Key"
            maxLength={128}
            disabled={!props.mayEdit}
            value={tag.key}
            onChange={(event) => put(index, { key: event.target.value })}
          />
          <Input
            aria-label={`Tag ${index + 1}: value`}
            placeholder="Value"
            maxLength={256}
            disabled={!props.mayEdit}
            value={tag.value}
            onChange={(event) => put(index, { value: event.target.value })}
          />
          <IconButton
            icon="x"
            small
            label={`Remove tag ${tag.key || index + 1}`}
            disabled={!props.mayEdit}
            onClick={() => setTags(tags.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {props.mayEdit && (
        <div className={styles.acts}>
          <Button kind="quiet" small icon="plus" onClick={() => setTags([...tags, { key: "", value: "" }])}>
            Tag
          </Button>
          <Button
            small
            disabled={!changed || wrong}
            onClick={() => props.onSave(tags.map(({ key, value }) => ({ key: key.trim(), value })))}
          >
            Save tags
          </Button>
          {changed && wrong && <span className="small muted">Each key once, and none empty.</span>}
        </div>
      )}
    </div>
  );
}
