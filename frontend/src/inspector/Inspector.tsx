import { useEffect, useMemo, useRef, useState, type ReactNode, type Ref } from "react";

import type { Tested } from "@/api/trying.ts";
import type { CatalogItem } from "@/api/types.ts";
import { cardText } from "@/asl/card.ts";
import { isObject, type JsonObject, type Path, type QueryLanguage } from "@/asl/types.ts";
import { mayCatch, typeOf } from "@/asl/walk.ts";
import { setField, setFields } from "@/document/commands/setField.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { Branches } from "@/inspector/Branches.tsx";
import { ChoiceRules } from "@/inspector/ChoiceRules.tsx";
import { InspectorContext, type InspectorState, type Trying } from "@/inspector/context.ts";
import { JsonInput } from "@/inspector/controls.tsx";
import { FieldList } from "@/inspector/FieldList.tsx";
import { NameField } from "@/inspector/NameField.tsx";
import { ObjectsField } from "@/inspector/ObjectsField.tsx";
import { catcher, RETRIER, sectionsOf, type InspectorTab } from "@/inspector/stateFields.ts";
import { NOTHING_GIVEN, TestPanel, type TestGiven } from "@/inspector/TestPanel.tsx";
import { VariablesSeen } from "@/inspector/VariablesSeen.tsx";
import { WaitFields } from "@/inspector/WaitFields.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { Icon, isIconName } from "@/ui/icons.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { TabPanel, Tabs } from "@/ui/Tabs.tsx";
import styles from "./Inspector.module.css";

export interface FieldProblem {
  readonly field: readonly string[];
  readonly message: string;
  readonly severity: "ERROR" | "WARNING";
}

interface InspectorProps {
  id: string;
  name: string;
  state: JsonObject;
  path: Path;
  language: QueryLanguage;
  /** The catalog's item of the state's resource, for the form of its arguments. */
  item: CatalogItem | null;
  /** The other states of its scope. */
  states: readonly string[];
  connections: readonly string[];
  problems: readonly FieldProblem[];
  readOnly: boolean;
  edit: (label: string, change: (document: WorkflowDocument) => WorkflowDocument, mark?: string) => void;
  /** Null when renamed, else why not. */
  onRename: (name: string) => string | null;
  /** The field to go to, with a number that differs for each request. */
  focus: { field: readonly string[]; request: number } | null;
  nameField: Ref<HTMLInputElement>;
  /** What expressions are tried with; null where nobody may see data. */
  trying?: Trying | null;
  /** Whether this reader may run one state alone. */
  mayTest?: boolean;
  /** Runs a part of the workflow from here; stands in the foot. */
  runMenu?: ReactNode;
  /** Stands above the test of the state, and is told what came of it. */
  testHead?: (tested: Tested | null) => ReactNode;
  onClose?: () => void;
}

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

/** The form of one state, or its definition: two views of the same. */
export function Inspector(props: InspectorProps) {
  const { id, name, state, path, language, item, readOnly, edit, problems, focus } = props;
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
  const type = typeOf(state);
  const sections = sectionsOf(
    state,
    language,
    (item?.arguments_schema as JsonObject | null | undefined) ?? null,
  );
  const has = (each: InspectorTab) =>
    sections.some((section) => section.tab === each && section.fields.length > 0);
  const catches = mayCatch(state);
  const tabs: { value: InspectorTab; label: string; count?: number; bad?: boolean }[] = [
    { value: "configuration", label: "Configuration" },
    ...(has("inout") ? [{ value: "inout" as const, label: "Input & output" }] : []),
    ...(has("variables") ? [{ value: "variables" as const, label: "Variables" }] : []),
    ...(catches
      ? [
          {
            value: "errors" as const,
            label: "Errors",
            count: count(state["Retry"]) + count(state["Catch"]),
          },
        ]
      : []),
  ];
  for (const each of tabs) {
    const bad = problems.filter((problem) => tabOf(problem.field) === each.value).length;
    if (bad) Object.assign(each, { count: bad, bad: true });
  }
  const held = tabs.some(({ value }) => value === tab) ? tab : "configuration";

  const value = useMemo<InspectorState>(
    () => ({
      state,
      path,
      language,
      states: props.states,
      connections: props.connections,
      readOnly,
      set: (entries, typed = false) => {
        const key = entries.map(([to]) => to.join("/")).join(" ");
        edit(
          `change ${name}`,
          (document) =>
            setFields(
              document,
              entries.map(([to, put]) => [[...path, ...to], put] as const),
            ),
          typed ? `${path.join("/")} ${key}` : undefined,
        );
      },
      edit,
      trying: withInput(props.trying ?? null, given),
      errorAt: (at) =>
        problems.find(
          ({ field }) =>
            field.length === at.length && field.every((step, index) => step === String(at[index])),
        )?.message ?? null,
    }),
    [
      state,
      path,
      language,
      props.states,
      props.connections,
      readOnly,
      edit,
      name,
      problems,
      props.trying,
      given,
    ],
  );

  // A problem was chosen: its tab opens, and its field has the focus.
  const [seen, setSeen] = useState(0);
  if (focus && focus.request !== seen) {
    setSeen(focus.request);
    setView("form");
    setTab(tabOf(focus.field));
  }
  useEffect(() => {
    if (!focus || focus.field.length === 0) return;
    for (let length = focus.field.length; length > 0; length--) {
      const place = root.current?.querySelector(
        `[data-field="${CSS.escape(focus.field.slice(0, length).join("/"))}"]`,
      );
      if (!place) continue;
      place.scrollIntoView({ block: "center" });
      // A field is typed into; the switch of its kind stands before it and is not what was meant.
      (
        place.querySelector<HTMLElement>("input, textarea, select") ??
        place.querySelector<HTMLElement>("button")
      )?.focus();
      return;
    }
  }, [focus]);

  const text = cardText(state);
  const what =
    type === "Task" ? (item ? `Task, ${item.title}` : text.line) : (TYPES[type ?? ""] ?? text.line);
  return (
    <InspectorContext value={value}>
      <aside className={styles.inspector} aria-label={name} ref={root} data-testid="inspector">
        <header className={styles.header}>
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
        {view === "test" ? (
          <div className={styles.scroll}>
            {props.testHead?.(tested)}
            <TestPanel name={name} given={given} onGiven={setGiven} tested={tested} onTested={setTested} />
          </div>
        ) : view === "definition" ? (
          <div className={styles.scroll} data-field="definition">
            <Field label="This state as ASL" hint="Changes here and in the form are the same." tight>
              {(control) => (
                <JsonInput
                  {...control}
                  key={id}
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
        ) : (
          <>
            <Tabs label="Parts of the state" id="inspector" value={held} onChange={setTab} tabs={tabs} />
            <TabPanel id="inspector" value={held} className={styles.scroll}>
              {held === "configuration" && (
                <NameField
                  key={id}
                  name={name}
                  readOnly={readOnly}
                  onRename={props.onRename}
                  field={props.nameField}
                />
              )}
              {held === "configuration" && type === "Choice" && <ChoiceRules />}
              {held === "configuration" && type === "Wait" && <WaitFields />}
              {held === "configuration" && type === "Parallel" && <Branches />}
              {held === "errors" ? (
                <>
                  <ObjectsField
                    spec={{ key: "Retry", label: "Retry", kind: "objects", item: "Retrier", fields: RETRIER }}
                    path={["Retry"]}
                    error={value.errorAt(["Retry"])}
                  />
                  <ObjectsField
                    spec={{
                      key: "Catch",
                      label: "Catch",
                      kind: "objects",
                      item: "Catcher",
                      fields: catcher(language),
                    }}
                    path={["Catch"]}
                    error={value.errorAt(["Catch"])}
                  />
                </>
              ) : (
                sections
                  .filter((section) => section.tab === held)
                  .map((section, index) => (
                    <FieldList
                      key={`${id} ${index} ${section.at.join("/")}`}
                      fields={section.fields}
                      at={section.at}
                      focus={focus ? (focus.field[section.at.length] ?? null) : null}
                    />
                  ))
              )}
              {held === "variables" && <VariablesSeen />}
              {problems
                .filter((problem) => tabOf(problem.field) === held && problem.field.length === 0)
                .map((problem) => (
                  <p key={problem.message} className={styles.bad} role="alert">
                    {problem.message}
                  </p>
                ))}
            </TabPanel>
          </>
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

function count(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

/** The tab on which a field stands. */
function tabOf(field: readonly string[]): InspectorTab {
  switch (field[0]) {
    case "Retry":
    case "Catch":
      return "errors";
    case "InputPath":
    case "Parameters":
      return field.length > 1 ? "configuration" : "inout";
    case "Output":
    case "OutputPath":
    case "ResultPath":
    case "ResultSelector":
      return "inout";
    case "Assign":
      return "variables";
    default:
      return "configuration";
  }
}

/** Expressions are tried with a test's own input where one was typed. */
function withInput(trying: Trying | null, given: TestGiven): Trying | null {
  if (!trying || (given.input === undefined && given.variables === undefined)) return trying;
  const sample = trying.sample ?? { execution: null, variables: {}, context: {}, too_large: [] };
  return {
    ...trying,
    sample: {
      ...sample,
      ...(given.input === undefined ? {} : { input: given.input, execution: null }),
      ...(isObject(given.variables) ? { variables: given.variables } : {}),
    },
  };
}
