import { useState } from "react";

import type { Workflow } from "@/api/types.ts";
import type { Path, QueryLanguage } from "@/asl/types.ts";
import { boundToLanguage, freeOfLanguage, switchLanguage } from "@/document/commands/switchLanguage.ts";
import { setField } from "@/document/commands/setField.ts";
import { Field, TextArea } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { NumberInput } from "@/inspector/controls.tsx";
import { LanguageDialog } from "./LanguageDialog.tsx";
import { TogetherActs } from "./design/TogetherActs.tsx";
import type { Acts } from "./useActs.ts";
import type { Editor } from "./useEditor.ts";
import styles from "./WorkflowPanel.module.css";

interface WorkflowPanelProps {
  editor: Editor;
  workflow: Workflow;
  /** How many states are selected, when it is not one. */
  count: number;
  readOnly: boolean;
  acts: Acts;
}

/** What the inspector shows when no single state is selected: the fields of the machine itself. */
export function WorkflowPanel({ editor, workflow, count, readOnly, acts }: WorkflowPanelProps) {
  const { definition } = editor.document;
  const jsonata = definition["QueryLanguage"] === "JSONata";
  const [asked, setAsked] = useState<QueryLanguage | null>(null);
  const change = (next: QueryLanguage, kept: readonly Path[]) =>
    editor.edit(`write expressions in ${next}`, (document) => switchLanguage(document, next, kept));
  if (count > 1)
    return (
      <aside className={styles.panel} aria-label="Inspector">
        <h2>{count} states selected</h2>
        <p className="second">
          What is done is done to all of them, in one step. Select one to see its form.
        </p>
        {!readOnly && <TogetherActs acts={acts} />}
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
          onChange={(next) => {
            // Nothing is asked where nothing would stop working.
            if (boundToLanguage(definition).length > 0) setAsked(next);
            else change(next, []);
          }}
          segments={[
            { value: "JSONata", label: "JSONata", disabled: readOnly },
            { value: "JSONPath", label: "JSONPath", disabled: readOnly },
          ]}
        />
      </div>
      {asked && (
        <LanguageDialog
          next={asked}
          bound={boundToLanguage(definition)}
          free={freeOfLanguage(definition).length}
          onClose={() => setAsked(null)}
          onSwitch={(kept) => change(asked, kept)}
        />
      )}
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
