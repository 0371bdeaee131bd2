import { useChangeConfiguration, useConfiguration, type Configuration } from "@/api/configuration.ts";
import { useReview, type Use } from "@/api/imports.ts";
import { asProblem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { shortResource } from "@/pages/workflows/names.ts";
import { Field } from "@/ui/Field.tsx";
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
  { value: "OFF", label: "Off" },
  { value: "FATAL", label: "Fatal: executions that failed, timed out or were aborted" },
  { value: "ERROR", label: "Error: every failure on the way, too" },
  { value: "ALL", label: "All events" },
] as const;

/** Rights and reach, logging and tracing of a workflow; each is saved as it is changed. */
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
      <h2>Logging</h2>
      <p className="small muted">
        Every execution keeps its whole record, whatever is set here. Logging also writes its events to the
        server’s log as lines of JSON, and goes with the workflow to AWS. A change makes a new revision and
        counts for executions that start from then on.
        {data && !data.published && " It can be set once a version is published."}
      </p>
      <Field label="Events that are logged" tight>
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
        label="Log inputs and outputs too"
        checked={data?.log_data ?? false}
        disabled={!mayPublish || !data?.published || data.logging_level === "OFF"}
        onChange={(log_data) => save({ log_data })}
      />
      <h2>Tracing</h2>
      <p className="small muted">
        Only kept here, for AWS: Cuelight sends no traces. The wish and the trace header of a start are stored
        and told over the AWS API, and X-Ray traces the workflow once it runs there.
      </p>
      <Switch
        label="Trace with X-Ray on AWS"
        checked={data?.tracing ?? false}
        disabled={!mayPublish || !data?.published}
        onChange={(tracing) => save({ tracing })}
      />
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
                {uses
                  .map(({ name, known }) => `${shortResource(name)}${known ? "" : " (not there)"}`)
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
