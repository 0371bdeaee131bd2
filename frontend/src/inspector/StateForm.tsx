import type { Ref } from "react";

import type { JsonObject } from "@/asl/types.ts";
import { mayCatch, typeOf } from "@/asl/walk.ts";
import { useInspector, type FieldProblem } from "@/inspector/context.ts";
import { FieldList } from "@/inspector/FieldList.tsx";
import { catchIn, RETRY } from "@/inspector/fields/errorHandling.ts";
import { tabOf, type InspectorTab, type Section } from "@/inspector/fields/tabs.ts";
import { FieldView } from "@/inspector/FieldView.tsx";
import { Branches } from "@/inspector/forms/Branches.tsx";
import { CallPattern } from "@/inspector/forms/CallPattern.tsx";
import { ChoiceRules } from "@/inspector/forms/ChoiceRules.tsx";
import { LastFlow } from "@/inspector/forms/LastFlow.tsx";
import { MapForm } from "@/inspector/forms/MapForm.tsx";
import { VariablesSeen } from "@/inspector/forms/VariablesSeen.tsx";
import { WaitForm } from "@/inspector/forms/WaitForm.tsx";
import { NameField } from "@/inspector/NameField.tsx";
import { StateMessages } from "@/inspector/Placed.tsx";
import { ProblemPlacesContext, useProblemPlaces } from "@/inspector/problemPlaces.ts";
import { TabPanel, Tabs } from "@/ui/Tabs.tsx";
import styles from "./Inspector.module.css";

interface StateFormProps {
  id: string;
  name: string;
  sections: readonly Section[];
  tab: InspectorTab;
  onTab: (tab: InspectorTab) => void;
  problems: readonly FieldProblem[];
  /** How else the Resource of this state may end. */
  suffixes: readonly string[];
  /** Whether this reader may have the state tried with the last run's data. */
  mayTest: boolean;
  /** The field that a problem leads to: it is not folded away. */
  focus: readonly string[] | null;
  onRename: (name: string, done: boolean) => string | null;
  nameField: Ref<HTMLInputElement>;
}

/** The form of a state, in tabs. */
export function StateForm(props: StateFormProps) {
  const { id, sections, focus } = props;
  const { state, language, readOnly } = useInspector();
  const tabs = tabsOf(sections, state);
  const standing = (tab: InspectorTab) => (tabs.some(({ value }) => value === tab) ? tab : "configuration");
  const held = standing(props.tab);
  // What a tab counts is what it shows.
  const on = (tab: InspectorTab) =>
    props.problems.filter((problem) => standing(tabOf(problem.field, sections)) === tab);
  const places = useProblemPlaces(on(held), state);
  const type = typeOf(state);
  return (
    <ProblemPlacesContext value={places}>
      <Tabs
        label="Parts of the state"
        id="inspector"
        value={held}
        onChange={props.onTab}
        tabs={tabs.map((tab) => withProblems(tab, on(tab.value)))}
      />
      <TabPanel id="inspector" value={held} className={styles.scroll}>
        {held === "configuration" && (
          <>
            <NameField
              key={id}
              name={props.name}
              readOnly={readOnly}
              onRename={props.onRename}
              field={props.nameField}
            />
            {type === "Choice" && <ChoiceRules />}
            {type === "Wait" && <WaitForm />}
            {type === "Parallel" && <Branches />}
            {type === "Map" && <MapForm key={`map ${id}`} />}
            {type === "Task" && <CallPattern suffixes={props.suffixes} />}
          </>
        )}
        {held === "errors" && (
          <>
            <FieldView spec={RETRY} at={[]} />
            <FieldView spec={catchIn(language)} at={[]} />
          </>
        )}
        {sections
          .filter((section) => section.tab === held)
          .map((section, index) => (
            <FieldList
              key={`${id} ${index} ${section.at.join("/")}`}
              fields={section.fields}
              at={section.at}
              focus={focus ? (focus[section.at.length] ?? null) : null}
            />
          ))}
        {held === "variables" && <VariablesSeen />}
        {held === "inout" && props.mayTest && <LastFlow key={`flow ${id}`} />}
        <StateMessages />
      </TabPanel>
    </ProblemPlacesContext>
  );
}

interface Tab {
  value: InspectorTab;
  label: string;
  title?: string;
  count?: number;
  bad?: boolean;
}

function tabsOf(sections: readonly Section[], state: JsonObject): Tab[] {
  const has = (tab: InspectorTab) =>
    sections.some((section) => section.tab === tab && section.fields.length > 0);
  return [
    { value: "configuration", label: "Configuration" },
    ...(has("inout") ? [{ value: "inout" as const, label: "Input & output" }] : []),
    ...(has("variables") ? [{ value: "variables" as const, label: "Variables" }] : []),
    ...(mayCatch(state)
      ? [
          {
            value: "errors" as const,
            label: "Errors",
            title: "Error handling: Retry and Catch",
            count: lengthOf(state["Retry"]) + lengthOf(state["Catch"]),
          },
        ]
      : []),
  ];
}

function withProblems(tab: Tab, problems: readonly FieldProblem[]): Tab {
  const bad = problems.some(({ severity }) => severity === "ERROR");
  return problems.length ? { ...tab, count: problems.length, bad } : tab;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
