import { isObject, type Json } from "@/asl/types.ts";
import { inside, ruleInWords } from "@/asl/words.ts";
import { newRule } from "@/document/commands/connect.ts";
import { useInspector } from "@/inspector/context.ts";
import { ExpressionInput } from "@/inspector/ExpressionInput.tsx";
import { ExpressionPreview } from "@/inspector/ExpressionPreview.tsx";
import { RuleBuilder } from "@/inspector/RuleBuilder.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
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
                  <ExpressionInput
                    {...control}
                    value={inside(String(rule["Condition"] ?? ""))}
                    field={`Choices[${index}]/Condition`}
                    onChange={(next) => set([[["Choices", index, "Condition"], `{% ${next} %}`]], true)}
                  />
                )}
              </Field>
            ) : (
              <>
                <RuleBuilder rule={rule} at={["Choices", index]} label={`Rule ${index + 1}`} />
                <ExpressionPreview kind="rule" value={rule} field={`Choices[${index}]`} />
              </>
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
