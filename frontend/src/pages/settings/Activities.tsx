import { useState } from "react";
import { useActivities, useDeleteActivity } from "@/api/activities.ts";
import { asProblem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import type { Activity } from "@/api/types.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { CodeValue, CopyButton } from "@/ui/CodeValue.tsx";
import { Confirm } from "@/ui/Dialog.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { Table } from "@/ui/Table.tsx";
import { ago, fullMoment, useNow } from "@/ui/time.ts";
import { toast } from "@/ui/Toast.tsx";
import { Group } from "./Group.tsx";
import { NewActivityDialog } from "./NewActivityDialog.tsx";
import styles from "./Activities.module.css";
import shared from "./Tokens.module.css";

/** The names under which workers outside ask for tasks, and how many tasks wait for one. */
export function Activities() {
  const list = useActivities();
  const mayEdit = useRight("edit");
  const [making, setMaking] = useState(false);
  const [deleting, setDeleting] = useState<Activity | null>(null);
  const activities = list.data?.results ?? [];
  return (
    <Group
      title="Activities"
      text="A state whose Resource is an activity waits until a program of yours, wherever it runs, takes the task and answers."
      action={
        mayEdit && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            Create an activity
          </Button>
        )
      }
    >
      {list.isPending ? (
        <Loading what="Loading the activities">
          <Block height="104px" radius="var(--radius-3)" />
        </Loading>
      ) : list.isError ? (
        <ErrorPanel
          title="The activities could not be loaded"
          text={asProblem(list.error).sentence}
          onRetry={() => void list.refetch()}
        />
      ) : activities.length === 0 ? (
        <div className={shared.none}>
          <Empty
            small
            title="Let a program of yours do a state's work"
            text="Create an activity, name its ARN as a state's Resource, and run the worker below with an access key of yours. It needs no open port: it asks, and waits for up to a minute."
          />
        </div>
      ) : (
        <ActivityTable activities={activities} onDelete={mayEdit ? setDeleting : null} />
      )}
      {list.isSuccess && <CodeValue label="A worker in Python" value={worker(activities[0]?.arn)} />}
      {making && <NewActivityDialog onClose={() => setMaking(false)} />}
      {deleting && <DeleteActivity activity={deleting} onClose={() => setDeleting(null)} />}
    </Group>
  );
}

/* A null deletes nothing: the reader may not. */
function ActivityTable({
  activities,
  onDelete,
}: {
  activities: readonly Activity[];
  onDelete: ((activity: Activity) => void) | null;
}) {
  const now = useNow(60_000);
  return (
    <Table label="Activities" className={shared.table}>
      <thead>
        <tr>
          <th>Name</th>
          <th>ARN</th>
          <th>Waiting</th>
          <th>Created</th>
          <th>
            <span className="sr">Delete</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {activities.map((activity) => (
          <tr key={activity.name}>
            <td className={shared.name} title={activity.name}>
              {activity.name}
            </td>
            <td>
              <span className={styles.arn}>
                <code className="mono second" title={activity.arn}>
                  {activity.arn}
                </code>
                <CopyButton text={activity.arn} label={`Copy the ARN of ${activity.name}`} />
              </span>
            </td>
            <td className="num">
              {activity.waiting === 0 ? (
                <span className="second">nothing</span>
              ) : (
                `${activity.waiting} ${activity.waiting === 1 ? "task" : "tasks"}`
              )}
            </td>
            <td className="second" title={fullMoment(activity.created_at)}>
              {ago(activity.created_at, now)}
            </td>
            <td>
              {onDelete && (
                <IconButton
                  small
                  icon="trash-2"
                  label={`Delete ${activity.name}…`}
                  onClick={() => onDelete(activity)}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function worker(arn = "arn:aws:states:…:activity:…"): string {
  return [
    "import boto3",
    `states = boto3.client("stepfunctions", endpoint_url="${window.location.origin}")`,
    `activity = "${arn}"`,
    "while True:",
    "    task = states.get_activity_task(activityArn=activity)",
    '    if "taskToken" in task:',
    '        states.send_task_success(taskToken=task["taskToken"], output=task["input"])',
  ].join("\n");
}

function DeleteActivity({ activity, onClose }: { activity: Activity; onClose: () => void }) {
  const remove = useDeleteActivity();
  const { name, waiting } = activity;
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Delete ${name}?`}
      text={
        waiting > 0
          ? `${waiting} ${waiting === 1 ? "task waits" : "tasks wait"} for a worker and no worker can take them then. Executions that come to a state with this activity fail.`
          : "Workers that ask for its tasks are refused, and executions that come to a state with this activity fail."
      }
      act={`Delete ${name}`}
      keep="Keep it"
      busy={remove.isPending && "Deleting…"}
      error={remove.error && asProblem(remove.error).sentence}
      onConfirm={() =>
        remove.mutate(name, {
          onSuccess: () => {
            toast({ title: `${name} deleted` });
            onClose();
          },
        })
      }
    />
  );
}
