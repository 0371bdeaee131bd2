import type { Workflow } from "@/api/types.ts";
import { setField } from "@/document/commands/setField.ts";
import { Field, TextArea } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { NumberInput } from "@/inspector/controls.tsx";
import type { Editor } from "./useEditor.ts";
import styles from "./WorkflowPanel.module.css";

interface WorkflowPanelProps {
  editor: Editor;
  workflow: Workflow;
  /** How many states are selected, when it is not one. */
  count: number;
  readOnly: boolean;
}

/** What the inspector shows when no single state is selected: the fields of the machine itself. */
export function WorkflowPanel({ editor, workflow, count, readOnly }: WorkflowPanelProps) {
  const { definition } = editor.document;
  const jsonata = definition["QueryLanguage"] === "JSONata";
  if (count > 1)
    return (
      <aside className={styles.panel} aria-label="Inspector">
        <h2>{count} states selected</h2>
        <p className="second">Duplicate, copy, cut or delete them together. Select one to see its form.</p>
      </aside>
    );
  return (
    <aside className={styles.panel} aria-label="Inspector">
      <h2 className="clip">{workflow.name}</h2>
      <p className="second">Select a state to see its form. These fields belong to the whole workflow.</p>
      <Field label="Comment" optional tight>
        {(control) => (
          <TextArea
            {...control}
            disabled={readOnly}
            value={typeof definition["Comment"] === "string" ? definition["Comment"] : ""}
            onChange={(event) =>
              editor.edit(
                "change the comment",
                (document) => setField(document, ["Comment"], event.target.value || undefined),
                "Comment",
              )
            }
          />
        )}
      </Field>
      <div className={styles.field}>
        <p className={styles.label}>Expressions are in</p>
        <Segmented
          label="Query language"
          value={jsonata ? "JSONata" : "JSONPath"}
          onChange={(next) =>
            editor.edit("change the query language", (document) =>
              setField(document, ["QueryLanguage"], next),
            )
          }
          segments={[
            { value: "JSONata", label: "JSONata", disabled: readOnly },
            { value: "JSONPath", label: "JSONPath", disabled: readOnly },
          ]}
        />
      </div>
      <Field label="Time limit of the whole execution" optional tight>
        {(control) => (
          <NumberInput
            {...control}
            value={definition["TimeoutSeconds"]}
            placeholder="none"
            after="seconds"
            disabled={readOnly}
            onChange={(next) =>
              editor.edit(
                "change the time limit",
                (document) => setField(document, ["TimeoutSeconds"], next),
                "TimeoutSeconds",
              )
            }
          />
        )}
      </Field>
    </aside>
  );
}
