import { useState } from "react";

import { asProblem } from "@/api/problem.ts";
import { useTestState, type Level, type StateTest, type Tested } from "@/api/trying.ts";
import type { Json } from "@/asl/types.ts";
import { mayCatch } from "@/asl/walk.ts";
import { useInspector } from "@/inspector/context.ts";
import { JsonInput, NumberInput } from "@/inspector/controls.tsx";
import { definitionAlone, refusal } from "@/inspector/stateTest.ts";
import { TestResult } from "@/inspector/TestResult.tsx";
import { Button } from "@/ui/Button.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { Switch } from "@/ui/Switch.tsx";
import styles from "./TestPanel.module.css";

type Mock = "none" | "result" | "error";

/** What was typed for a state, kept while the studio is open. */
export interface TestGiven {
  readonly input: Json | undefined;
  readonly variables: Json | undefined;
  readonly mock: Mock;
  readonly result: Json | undefined;
  readonly error: string;
  readonly cause: string;
  readonly retries: number;
  readonly level: Level;
  readonly reveal: boolean;
}

export const NOTHING_GIVEN: TestGiven = {
  input: undefined,
  variables: undefined,
  mock: "none",
  result: {},
  error: "States.TaskFailed",
  cause: "",
  retries: 0,
  level: "DEBUG",
  reveal: false,
};

interface TestPanelProps {
  name: string;
  given: TestGiven;
  onGiven: (given: TestGiven) => void;
  tested: Tested | null;
  onTested: (tested: Tested | null) => void;
}

/** Runs this state alone with an input, for real or with a mock in place of its work, and shows each stage. */
export function TestPanel({ name, given, onGiven, tested, onTested }: TestPanelProps) {
  const { state, language, trying } = useInspector();
  const test = useTestState();
  const [dirty, setDirty] = useState(false);
  const problem = test.error ? asProblem(test.error) : null;
  const sample = trying?.sample ?? null;
  const input = given.input ?? (sample?.input as Json | undefined) ?? {};
  const variables = given.variables ?? (sample?.variables as Json | undefined) ?? {};
  const works = mayCatch(state);
  const set = (change: Partial<TestGiven>) => {
    setDirty(true);
    onGiven({ ...given, ...change });
  };
  const run = () => {
    setDirty(false);
    onTested(null);
    const asked: StateTest = {
      definition: definitionAlone(state, language),
      input,
      variables: variables as Record<string, unknown>,
      inspection_level: given.level,
      ...(given.level === "TRACE" && given.reveal ? { reveal_secrets: true } : {}),
      ...(given.mock === "result"
        ? { mock: { result: given.result ?? null } }
        : given.mock === "error"
          ? { mock: { error_output: { error: given.error, ...(given.cause ? { cause: given.cause } : {}) } } }
          : {}),
      ...(given.retries > 0 ? { state_configuration: { retrier_retry_count: given.retries } } : {}),
    };
    test.mutate(asked, { onSuccess: onTested });
  };
  const refused = refusal(test.error);
  return (
    <div className={styles.panel} data-testid="test-panel">
      <Field
        label="Input"
        tight
        error={problem?.field("input") ?? null}
        hint={
          given.input === undefined && sample?.execution
            ? `From ${sample.execution.name}, the last run that came here.`
            : undefined
        }
      >
        {(control) => <JsonInput {...control} value={input} onChange={(next) => set({ input: next })} />}
      </Field>
      <Field label="Variables" optional tight error={problem?.field("variables") ?? null}>
        {(control) => (
          <JsonInput {...control} rows={2} value={variables} onChange={(next) => set({ variables: next })} />
        )}
      </Field>
      {works && (
        <>
          <div className={styles.row}>
            <span className={styles.label}>Its work</span>
            <Segmented
              tiny
              label="Its work"
              value={given.mock}
              onChange={(mock) => set({ mock })}
              segments={[
                { value: "none", label: "For real" },
                { value: "result", label: "Mocked result" },
                { value: "error", label: "Mocked error" },
              ]}
            />
          </div>
          {given.mock === "result" && (
            <Field label="Result" tight error={problem?.field("mock") ?? null}>
              {(control) => (
                <JsonInput {...control} value={given.result} onChange={(next) => set({ result: next })} />
              )}
            </Field>
          )}
          {given.mock === "error" && (
            <div className={styles.two}>
              <Field label="Error" tight>
                {(control) => (
                  <Input
                    {...control}
                    value={given.error}
                    onChange={(event) => set({ error: event.target.value })}
                  />
                )}
              </Field>
              <Field label="Retries before it" tight>
                {(control) => (
                  <NumberInput
                    {...control}
                    value={given.retries}
                    placeholder="0"
                    onChange={(next) => set({ retries: Math.max(0, Math.floor(next ?? 0)) })}
                  />
                )}
              </Field>
              <Field label="Cause" optional tight>
                {(control) => (
                  <Input
                    {...control}
                    value={given.cause}
                    onChange={(event) => set({ cause: event.target.value })}
                  />
                )}
              </Field>
            </div>
          )}
        </>
      )}
      <div className={styles.row}>
        <span className={styles.label}>Shows</span>
        <Segmented
          tiny
          label="Inspection level"
          value={given.level}
          onChange={(level) => set({ level })}
          segments={[
            { value: "INFO", label: "Output" },
            { value: "DEBUG", label: "Each stage", title: "Level DEBUG" },
            { value: "TRACE", label: "HTTP too", title: "Level TRACE" },
          ]}
        />
      </div>
      {given.level === "TRACE" && (
        <Switch
          label="Show secrets in the HTTP request"
          checked={given.reveal}
          onChange={(reveal) => set({ reveal })}
        />
      )}
      <div className={styles.act}>
        <Button icon="flask-conical" onClick={run} busy={test.isPending && "Testing"} data-testid="test-run">
          Test {name}
        </Button>
        {tested && dirty && <span className="small muted">The result below is of the test before.</span>}
      </div>
      {refused && (
        <p role="alert" className={styles.bad}>
          {refused}
        </p>
      )}
      {tested && <TestResult tested={tested} />}
    </div>
  );
}
