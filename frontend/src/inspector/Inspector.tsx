import { useEffect, useRef, useState, type ReactNode, type Ref } from "react";

import type { Tested } from "@/api/trying.ts";
import type { CatalogItem } from "@/api/types.ts";
import { cardText } from "@/asl/card.ts";
import { isObject, type JsonObject } from "@/asl/types.ts";
import { typeOf } from "@/asl/walk.ts";
import { setField } from "@/document/commands/setField.ts";
import { InspectorContext } from "@/inspector/context.ts";
import { JsonInput } from "@/inspector/controls.tsx";
import { sectionsOf } from "@/inspector/fields/sections.ts";
import { tabOf, type InspectorTab } from "@/inspector/fields/tabs.ts";
import { focusField, pointAtField } from "@/inspector/focusField.ts";
import { inspectorState, type Inspected } from "@/inspector/inspectorState.ts";
import { StateForm } from "@/inspector/StateForm.tsx";
import { NOTHING_GIVEN, TestPanel, type TestGiven } from "@/inspector/TestPanel.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { Icon, isIconName } from "@/ui/icons.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import styles from "./Inspector.module.css";

/** A field of the state that something leads to. */
export interface FieldWanted {
  readonly field: readonly string[];
  readonly request: number;
  /** It is only pointed at: the keyboard stays where it is. */
  readonly quiet?: boolean;
}

interface InspectorProps extends Inspected {
  id: string;
  /** The catalog's item of the state's resource, for the form of its arguments. */
  item: CatalogItem | null;
  /** Null when renamed, else why not. */
  onRename: (name: string, done: boolean) => string | null;
  /** The field to go to, with a number that differs for each request. */
  focus: FieldWanted | null;
  nameField: Ref<HTMLInputElement>;
  /** Whether this reader may run one state alone. */
  mayTest?: boolean;
  /** Runs a part of the workflow from here; stands in the foot. */
  runMenu?: ReactNode;
  /** Stands above the test of the state, and is told what came of it. */
  testHead?: (tested: Tested | null) => ReactNode;
  onClose?: () => void;
}

/** What stands for the test of a state where a field is asked for. */
export const TEST = "/test";

const TYPES: Record<string, string> = {
  Task: "Task",
  Choice: "Choice, decides where to go on",
  Parallel: "Parallel, branches at the same time",
  Map: "Map, the same for each item",
  Wait: "Wait",
  Pass: "Pass, hands on or makes a value",
  Succeed: "Succeed, ends well",
  Fail: "Fail, ends with an error",
};

/** The form of one state, its test, or its definition: three views of the same. */
export function Inspector(props: InspectorProps) {
  const { id, name, state, language, item, focus } = props;
  const [view, setView] = useState<"form" | "test" | "definition">("form");
  const [given, setGiven] = useState<TestGiven>(NOTHING_GIVEN);
  const [tested, setTested] = useState<Tested | null>(null);
  // Another state has another test; its name may change while it is the same.
  const [of, setOf] = useState(id);
  if (of !== id) {
    setOf(id);
    setGiven(NOTHING_GIVEN);
    setTested(null);
    if (view === "test") setView("form");
  }
  const [tab, setTab] = useState<InspectorTab>("configuration");
  const root = useRef<HTMLElement>(null);
  const argumentsSchema = (item?.arguments_schema as JsonObject | null | undefined) ?? null;
  const sections = sectionsOf(state, language, argumentsSchema);
  const value = inspectorState(props, argumentsSchema, given);

  // A problem was chosen: its tab opens, and its field has the focus.
  const [seen, setSeen] = useState(0);
  if (focus && focus.request !== seen) {
    setSeen(focus.request);
    setView(focus.field[0] === TEST ? "test" : "form");
    setTab(tabOf(focus.field, sections));
  }
  useEffect(() => {
    if (!focus || !root.current) return;
    if (focus.quiet) return pointAtField(root.current, focus.field);
    focusField(root.current, focus.field);
  }, [focus]);

  return (
    <InspectorContext value={value}>
      <aside className={styles.inspector} aria-label={name} ref={root} data-testid="inspector">
        <header className={styles.header}>
          <Head state={state} name={name} item={item} />
          <Segmented
            tiny
            label="View"
            value={view}
            onChange={setView}
            segments={[
              { value: "form", label: "Form" },
              ...(props.mayTest ? [{ value: "test" as const, label: "Test" }] : []),
              { value: "definition", label: "Definition" },
            ]}
          />
          {props.onClose && <IconButton icon="x" label="Close the inspector" small onClick={props.onClose} />}
        </header>
        {view === "test" && (
          <div className={styles.scroll}>
            {props.testHead?.(tested)}
            <TestPanel name={name} given={given} onGiven={setGiven} tested={tested} onTested={setTested} />
          </div>
        )}
        {view === "definition" && <DefinitionView key={id} {...props} />}
        {view === "form" && (
          <StateForm
            id={id}
            name={name}
            sections={sections}
            tab={tab}
            onTab={setTab}
            problems={props.problems}
            mayTest={props.mayTest ?? false}
            suffixes={item?.suffixes ?? []}
            focus={focus?.field ?? null}
            onRename={props.onRename}
            nameField={props.nameField}
          />
        )}
        <footer className={styles.footer}>
          {props.mayTest && view !== "test" && (
            <Button small icon="flask-conical" onClick={() => setView("test")} data-testid="test-state">
              Test state
            </Button>
          )}
          {props.runMenu}
          <span className="grow" />
          <span className="small muted row">
            Rename <Kbd>F2</Kbd>
          </span>
        </footer>
      </aside>
    </InspectorContext>
  );
}

/** What the state is: its icon, its name, and what it does in a line. */
function Head({ state, name, item }: { state: JsonObject; name: string; item: CatalogItem | null }) {
  const text = cardText(state);
  const type = typeOf(state);
  const what =
    type === "Task" ? (item ? `Task, ${item.title}` : text.line) : (TYPES[type ?? ""] ?? text.line);
  return (
    <>
      <span className={styles.tile}>
        <Icon name={isIconName(text.icon) ? text.icon : "cloud"} />
      </span>
      <div className="grow">
        <h2 className="clip" title={name}>
          {name}
        </h2>
        <p className="small muted clip" title={item ? `${what}. ${item.description}` : what}>
          {what}
        </p>
      </div>
    </>
  );
}

/** The state as ASL; a change here is a change of the form. */
function DefinitionView({ name, state, path, readOnly, edit }: Inspected) {
  return (
    <div className={styles.scroll} data-field="definition">
      <Field label="This state as ASL" hint="Changes here and in the form are the same." tight>
        {(control) => (
          <JsonInput
            {...control}
            value={state}
            disabled={readOnly}
            required
            rows={28}
            onChange={(next) =>
              isObject(next) &&
              edit(
                `change ${name}`,
                (document) => setField(document, path, next),
                `${path.join("/")} definition`,
              )
            }
          />
        )}
      </Field>
    </div>
  );
}
