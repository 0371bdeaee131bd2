import { isObject, type Json, type QueryLanguage } from "@/asl/types.ts";
import { inside, ruleInWords } from "@/asl/words.ts";
import { undecidedRule } from "@/document/undecided.ts";
import { useInspector } from "@/inspector/context.ts";
import { ExpressionInput } from "@/inspector/ExpressionInput.tsx";
import { ExpressionPreview } from "@/inspector/ExpressionPreview.tsx";
import { FieldInfo } from "@/inspector/FieldInfo.tsx";
import { FieldList } from "@/inspector/FieldList.tsx";
import { COMMENT } from "@/inspector/fields/anyState.ts";
import { ASSIGN } from "@/inspector/fields/inputOutput.ts";
import { ItemBar } from "@/inspector/ItemBar.tsx";
import { PlacedField, PlaceMessage } from "@/inspector/Placed.tsx";
import { RuleBuilder } from "@/inspector/RuleBuilder.tsx";
import type { FieldSpec } from "@/inspector/spec.ts";
import { Button } from "@/ui/Button.tsx";
import { Select } from "@/ui/Select.tsx";
import styles from "@/inspector/Inspector.module.css";

const BESIDE: Record<QueryLanguage, readonly FieldSpec[]> = {
  JSONPath: [
    { ...ASSIGN, advanced: true },
    { ...COMMENT, advanced: true },
  ],
  JSONata: [
    { ...ASSIGN, advanced: true },
    { key: "Output", label: "Output", kind: "json", advanced: true, hint: "Default: the input." },
    { ...COMMENT, advanced: true },
  ],
};

/** What stands for no `Default` at all: an empty one is a target still to be chosen. */
const NOTHING = "/";

/** The rules of a Choice state, tried from the top, and where it goes when none holds. */
export function ChoiceRules() {
  const { state, set, states, language, readOnly } = useInspector();
  const rules = Array.isArray(state["Choices"]) ? state["Choices"] : [];
  const write = (next: Json[]) => set([[["Choices"], next]]);
  const options = states.map((each) => ({ value: each, label: each }));
  return (
    <div className={styles.objects} data-field="Choices">
      <span className={styles.legend}>
        Rules, the first that holds decides
        <FieldInfo path={["Choices"]} label="Rules" />
      </span>
      {rules.map((rule, index) => {
        if (!isObject(rule)) return null;
        const target = typeof rule["Next"] === "string" ? rule["Next"] : "";
        return (
          <fieldset className={styles.object} key={index} data-field={`Choices/${index}`}>
            <legend className="sr">Rule {index + 1}</legend>
            <ItemBar
              list={rules}
              index={index}
              item="rule"
              title={`${index + 1}. ${ruleInWords(rule)}`}
              onMove={write}
              onRemove={() => write(rules.filter((_, at) => at !== index))}
            />
            {language === "JSONata" ? (
              <PlacedField
                at={["Choices", index, "Condition"]}
                label="If"
                info={<FieldInfo path={["Choices", index, "Condition"]} label="Condition" />}
                tight
              >
                {(control) => (
                  <ExpressionInput
                    {...control}
                    value={inside(String(rule["Condition"] ?? ""))}
                    field={`Choices[${index}]/Condition`}
                    onChange={(next) => set([[["Choices", index, "Condition"], `{% ${next} %}`]], true)}
                  />
                )}
              </PlacedField>
            ) : (
              <>
                <RuleBuilder rule={rule} at={["Choices", index]} label={`Rule ${index + 1}`} />
                <ExpressionPreview kind="rule" value={rule} field={`Choices[${index}]`} />
              </>
            )}
            <PlacedField at={["Choices", index, "Next"]} label="Go on with" tight>
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
            </PlacedField>
            <FieldList fields={BESIDE[language]} at={["Choices", index]} />
            <PlaceMessage at={["Choices", index]} />
          </fieldset>
        );
      })}
      <PlaceMessage at={["Choices"]} />
      {!readOnly && (
        <Button kind="quiet" small icon="plus" onClick={() => write([...rules, undecidedRule(language)])}>
          Rule
        </Button>
      )}
      <div data-field="Default">
        <PlacedField
          at={["Default"]}
          label="Otherwise"
          info={<FieldInfo path={["Default"]} label="Otherwise" />}
          hint="Without it the execution fails when no rule holds."
          tight
        >
          {(control) => (
            <Select
              {...control}
              value={typeof state["Default"] === "string" ? state["Default"] : NOTHING}
              disabled={readOnly}
              {...(state["Default"] === "" ? { placeholder: "Choose a state" } : {})}
              options={[{ value: NOTHING, label: "Nothing, fail" }, ...options]}
              onChange={(event) =>
                set([[["Default"], event.target.value === NOTHING ? undefined : event.target.value]])
              }
            />
          )}
        </PlacedField>
      </div>
    </div>
  );
}
