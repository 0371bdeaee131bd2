import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { operatorInWords, ruleInWords, RULE_OPERATORS } from "@/asl/words.ts";
import { newRule } from "@/document/commands/connect.ts";
import { useInspector } from "@/inspector/context.ts";
import { JsonInput } from "@/inspector/controls.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Field, Input, TextArea } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import styles from "./Inspector.module.css";

/** The rules of a Choice state, tried from the top, and where it goes when none holds. */
export function ChoiceRules() {
  const { state, set, states, language, readOnly, errorAt } = useInspector();
  const rules = Array.isArray(state["Choices"]) ? state["Choices"] : [];
  const write = (next: Json[], typed = false) => set([[["Choices"], next]], typed);
  const options = states.map((each) => ({ value: each, label: each }));
  const swap = (index: number, by: number) => {
    const next = [...rules];
    const [one, other] = [next[index], next[index + by]];
    if (one === undefined || other === undefined) return;
    next[index] = other;
    next[index + by] = one;
    write(next);
  };
  return (
    <div className={styles.objects} data-field="Choices">
      <span className={styles.legend}>Rules, the first that holds decides</span>
      {rules.map((rule, index) => {
        if (!isObject(rule)) return null;
        const target = typeof rule["Next"] === "string" ? rule["Next"] : "";
        return (
          <fieldset className={styles.object} key={index} data-field={`Choices/${index}`}>
            <legend className="sr">Rule {index + 1}</legend>
            <div className={styles.objectBar}>
              <span className="strong small grow clip" title={ruleInWords(rule)}>
                {index + 1}. {ruleInWords(rule)}
              </span>
              {!readOnly && (
                <>
                  <IconButton
                    icon="arrow-up"
                    small
                    label={`Move rule ${index + 1} up`}
                    disabled={index === 0}
                    onClick={() => swap(index, -1)}
                  />
                  <IconButton
                    icon="arrow-down"
                    small
                    label={`Move rule ${index + 1} down`}
                    disabled={index === rules.length - 1}
                    onClick={() => swap(index, 1)}
                  />
                  <IconButton
                    icon="x"
                    small
                    label={`Remove rule ${index + 1}`}
                    onClick={() => write(rules.filter((_, at) => at !== index))}
                  />
                </>
              )}
            </div>
            {language === "JSONata" ? (
              <Field label="If" error={errorAt(["Choices", index, "Condition"])} tight>
                {(control) => (
                  <TextArea
                    {...control}
                    code
                    rows={2}
                    disabled={readOnly}
                    value={String(rule["Condition"] ?? "")
                      .replace(/^\s*\{%\s?/, "")
                      .replace(/\s?%\}\s*$/, "")}
                    onChange={(event) =>
                      set([[["Choices", index, "Condition"], `{% ${event.target.value} %}`]], true)
                    }
                  />
                )}
              </Field>
            ) : (
              <PathRule rule={rule} index={index} />
            )}
            <Field label="Go on with" error={errorAt(["Choices", index, "Next"])} tight>
              {(control) => (
                <Select
                  {...control}
                  value={target}
                  disabled={readOnly}
                  placeholder="Choose a state"
                  options={
                    target !== "" && !states.includes(target)
                      ? [...options, { value: target, label: `${target} (is not there)` }]
                      : options
                  }
                  onChange={(event) => set([[["Choices", index, "Next"], event.target.value]])}
                />
              )}
            </Field>
          </fieldset>
        );
      })}
      {errorAt(["Choices"]) && (
        <p role="alert" className={styles.bad}>
          {errorAt(["Choices"])}
        </p>
      )}
      {!readOnly && (
        <Button
          kind="quiet"
          small
          icon="plus"
          onClick={() => write([...rules, newRule({ QueryLanguage: language }, state, states[0] ?? "")])}
        >
          Rule
        </Button>
      )}
      <div data-field="Default">
        <Field
          label="Otherwise"
          error={errorAt(["Default"])}
          hint="Without it the execution fails when no rule holds."
          tight
        >
          {(control) => (
            <Select
              {...control}
              value={typeof state["Default"] === "string" ? state["Default"] : ""}
              disabled={readOnly}
              options={[{ value: "", label: "Nothing, fail" }, ...options]}
              onChange={(event) => set([[["Default"], event.target.value || undefined]])}
            />
          )}
        </Field>
      </div>
    </div>
  );
}

/** A rule of one comparison as a form; And, Or and Not as JSON. */
function PathRule({ rule, index }: { rule: JsonObject; index: number }) {
  const { set, readOnly } = useInspector();
  const at = ["Choices", index] as const;
  const operator = Object.keys(rule).find((key) => RULE_OPERATORS.includes(key.replace(/Path$/, "")));
  if ("And" in rule || "Or" in rule || "Not" in rule)
    return (
      <JsonInput
        label={`Rule ${index + 1}`}
        value={rule}
        disabled={readOnly}
        required
        onChange={(next) => next !== undefined && set([[at, next]], true)}
      />
    );
  const base = operator?.replace(/Path$/, "") ?? "StringEquals";
  const isPath = operator?.endsWith("Path") ?? false;
  const value = operator ? rule[operator] : undefined;
  const test = base.startsWith("Is") || base === "BooleanEquals";
  const change = (next: string, held: Json) => {
    const { [operator ?? ""]: _gone, Next, ...rest } = rule;
    set([[at, { ...rest, [next]: held, ...(Next === undefined ? {} : { Next }) }]]);
  };
  const typed = (text: string): Json =>
    base.startsWith("Numeric") && !isPath && text.trim() !== "" && Number.isFinite(Number(text))
      ? Number(text)
      : text;
  return (
    <div className={styles.rule}>
      <Input
        code
        aria-label={`Rule ${index + 1}: variable`}
        disabled={readOnly}
        value={typeof rule["Variable"] === "string" ? rule["Variable"] : ""}
        onChange={(event) => set([[[...at, "Variable"], event.target.value]], true)}
      />
      <Select
        aria-label={`Rule ${index + 1}: comparison`}
        value={base}
        disabled={readOnly}
        options={RULE_OPERATORS.map((each) => ({ value: each, label: operatorInWords(each) }))}
        onChange={(event) => {
          const next = event.target.value;
          const testNext = next.startsWith("Is") || next === "BooleanEquals";
          change(
            next,
            testNext
              ? true
              : next.startsWith("Numeric")
                ? typeof value === "number"
                  ? value
                  : 0
                : typeof value === "string"
                  ? value
                  : "",
          );
        }}
      />
      {test ? (
        <Select
          aria-label={`Rule ${index + 1}: value`}
          value={String(value ?? true)}
          disabled={readOnly}
          options={[
            { value: "true", label: "Yes" },
            { value: "false", label: "No" },
          ]}
          onChange={(event) => change(base, event.target.value === "true")}
        />
      ) : (
        <Input
          code={isPath}
          aria-label={`Rule ${index + 1}: value`}
          disabled={readOnly}
          value={value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value)}
          onChange={(event) => set([[[...at, operator ?? base], typed(event.target.value)]], true)}
        />
      )}
    </div>
  );
}
