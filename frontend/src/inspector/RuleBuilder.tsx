import { isObject, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { operatorInWords, RULE_OPERATORS } from "@/asl/words.ts";
import { useInspector } from "@/inspector/context.ts";
import { ExpressionInput } from "@/inspector/ExpressionInput.tsx";
import { kindOf, withKind, type RuleKind } from "@/inspector/rules.ts";
import { PlaceMessage, usePlacedControl } from "@/inspector/Placed.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Input } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { Select } from "@/ui/Select.tsx";
import styles from "./RuleBuilder.module.css";

interface RuleBuilderProps {
  rule: JsonObject;
  /** From the state to the rule. */
  at: Path;
  /** "Rule 1", "Rule 1, part 2": names the controls. */
  label: string;
  onRemove?: () => void;
  depth?: number;
}

const DEEPEST = 6;

/** A JSONPath rule: one comparison, or several joined by and, or and not, as deep as it has to be. */
export function RuleBuilder({ rule, at, label, onRemove, depth = 0 }: RuleBuilderProps) {
  const { set, readOnly } = useInspector();
  const kind = kindOf(rule);
  const parts = kind === "And" || kind === "Or" ? (rule[kind] as Json) : null;
  const list = Array.isArray(parts) ? parts : [];
  return (
    <div className={styles.rule} data-depth={depth} role="group" aria-label={label}>
      <div className={styles.bar}>
        <Segmented
          tiny
          label={`${label}: kind`}
          value={kind}
          onChange={(next) => set([[at, withKind(rule, next)]])}
          segments={(
            [
              ["one", "One test"],
              ["And", "All of"],
              ["Or", "Any of"],
              ["Not", "Not"],
            ] as const
          ).map(([value, word]) => ({
            value: value as RuleKind,
            label: word,
            disabled: readOnly || (depth >= DEEPEST && value !== "one"),
          }))}
        />
        <span className="grow" />
        {onRemove && !readOnly && (
          <IconButton icon="x" small label={`Remove ${label.toLowerCase()}`} onClick={onRemove} />
        )}
      </div>
      {kind === "one" && <Comparison rule={rule} at={at} label={label} />}
      {kind === "Not" && (
        <div className={styles.inner}>
          <RuleBuilder
            rule={isObject(rule["Not"]) ? rule["Not"] : {}}
            at={[...at, "Not"]}
            label={`${label}, not`}
            depth={depth + 1}
          />
        </div>
      )}
      {(kind === "And" || kind === "Or") && (
        <div className={styles.inner}>
          {list.map((part, index) => (
            <div key={index} className={styles.part}>
              {index > 0 && <span className={styles.glue}>{kind === "And" ? "and" : "or"}</span>}
              <RuleBuilder
                rule={isObject(part) ? part : {}}
                at={[...at, kind, index]}
                label={`${label}, part ${index + 1}`}
                depth={depth + 1}
                onRemove={
                  list.length > 1
                    ? () => set([[[...at, kind], list.filter((_, other) => other !== index)]])
                    : undefined
                }
              />
            </div>
          ))}
          {!readOnly && (
            <Button
              kind="quiet"
              small
              icon="plus"
              onClick={() =>
                set([
                  [
                    [...at, kind],
                    [...list, { Variable: "$.", IsPresent: true }],
                  ],
                ])
              }
            >
              {kind === "And" ? "And" : "Or"}
            </Button>
          )}
        </div>
      )}
      {/* What is wrong with the outermost rule as a whole stands below the fields beside its tests. */}
      {depth > 0 && <PlaceMessage at={at} />}
    </div>
  );
}

function Comparison({ rule, at, label }: { rule: JsonObject; at: Path; label: string }) {
  const { set, readOnly } = useInspector();
  const operator = Object.keys(rule).find((key) => RULE_OPERATORS.includes(key.replace(/Path$/, "")));
  const base = operator?.replace(/Path$/, "") ?? "IsPresent";
  const isPath = operator?.endsWith("Path") ?? false;
  const value = operator ? rule[operator] : undefined;
  const test = base.startsWith("Is") || base === "BooleanEquals";
  const mayPath = !base.startsWith("Is") && base !== "StringMatches";
  const change = (next: string, held: Json) => {
    const { [operator ?? ""]: _gone, Next, ...rest } = rule;
    set([[at, { ...rest, [next]: held, ...(Next === undefined ? {} : { Next }) }]]);
  };
  const typed = (text: string): Json =>
    base.startsWith("Numeric") && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  const variable = usePlacedControl([...at, "Variable"]);
  const compared = usePlacedControl([...at, operator ?? base]);
  const controls = (
    <div className={styles.comparison}>
      <ExpressionInput
        {...variable.control}
        quiet
        label={`${label}: variable`}
        field="Variable"
        value={typeof rule["Variable"] === "string" ? rule["Variable"] : ""}
        onChange={(next) => set([[[...at, "Variable"], next]], true)}
      />
      <Select
        aria-label={`${label}: comparison`}
        value={base}
        disabled={readOnly}
        options={RULE_OPERATORS.map((each) => ({ value: each, label: operatorInWords(each) }))}
        onChange={(event) => change(event.target.value, startOf(event.target.value, value))}
      />
      {test && !isPath ? (
        <Select
          {...compared.control}
          aria-label={`${label}: value`}
          value={String(value ?? true)}
          disabled={readOnly}
          options={[
            { value: "true", label: "Yes" },
            { value: "false", label: "No" },
          ]}
          onChange={(event) => change(base, event.target.value === "true")}
        />
      ) : isPath ? (
        <ExpressionInput
          {...compared.control}
          quiet
          label={`${label}: path of the value`}
          field={`${base}Path`}
          value={typeof value === "string" ? value : ""}
          onChange={(next) => set([[[...at, `${base}Path`], next]], true)}
        />
      ) : (
        <Input
          {...compared.control}
          aria-label={`${label}: value`}
          disabled={readOnly}
          value={value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value)}
          onChange={(event) => set([[[...at, operator ?? base], typed(event.target.value)]], true)}
        />
      )}
      {mayPath && (
        <Segmented
          tiny
          label={`${label}: kind of value`}
          value={isPath ? "path" : "plain"}
          onChange={(next) =>
            next === "path" ? change(`${base}Path`, "$.") : change(base, startOf(base, undefined))
          }
          segments={[
            { value: "plain", label: "Value", disabled: readOnly },
            { value: "path", label: "JSONPath", disabled: readOnly },
          ]}
        />
      )}
    </div>
  );
  return (
    <>
      {controls}
      {variable.message}
      {compared.message}
    </>
  );
}

/** The value that a comparison begins with: the one before it, where its kind fits. */
function startOf(operator: string, before: Json | undefined): Json {
  if (operator.startsWith("Is") || operator === "BooleanEquals") return true;
  if (operator.startsWith("Numeric")) return typeof before === "number" ? before : 0;
  if (operator.startsWith("Timestamp"))
    return typeof before === "string" && /^\d{4}-/.test(before) ? before : "2027-01-01T09:00:00Z";
  return typeof before === "string" ? before : "";
}
