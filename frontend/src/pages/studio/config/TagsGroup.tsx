import { useState } from "react";

import { useChangeConfiguration, useConfiguration, type WorkflowTag } from "@/api/configuration.ts";
import { asProblem } from "@/api/problem.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Input } from "@/ui/Field.tsx";
import { toast } from "@/ui/Toast.tsx";
import styles from "./ConfigMode.module.css";

/** The tags of a workflow, saved as a whole. */
export function TagsGroup({ id, mayEdit }: { id: string; mayEdit: boolean }) {
  const { data } = useConfiguration(id);
  const change = useChangeConfiguration(id);
  if (!data) return null;
  return (
    <Tags
      key={JSON.stringify(data.tags)}
      tags={data.tags}
      mayEdit={mayEdit}
      onSave={(tags) =>
        change.mutate(
          { tags },
          {
            onError: (error) =>
              toast({ title: "The tags were not saved", text: asProblem(error).sentence, tone: "error" }),
          },
        )
      }
    />
  );
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
      {tags.length === 0 && (
        <p className="small muted">No tags. Workflows are found by them, here and over the AWS API.</p>
      )}
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
