import { isObject, valueAt, type Json, type Path, type QueryLanguage } from "@/asl/types.ts";
import { inside, isExpression } from "@/asl/words.ts";
import { AnswersField } from "@/inspector/AnswersField.tsx";
import { useInspector } from "@/inspector/context.ts";
import { ExpressionInput } from "@/inspector/ExpressionInput.tsx";
import { ExpressionPreview } from "@/inspector/ExpressionPreview.tsx";
import { FieldInfo } from "@/inspector/FieldInfo.tsx";
import { hintFrom } from "@/inspector/help.ts";
import { ObjectsField } from "@/inspector/ObjectsField.tsx";
import { PlainControl } from "@/inspector/PlainControl.tsx";
import { useMessages } from "@/inspector/problemPlaces.ts";
import type { FieldKind, FieldSpec } from "@/inspector/spec.ts";
import { Field, FieldMessage } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { Switch } from "@/ui/Switch.tsx";
import styles from "./Inspector.module.css";

/** One field of a form: its own control, or an expression when it is switched to one. */
export function FieldView({ spec: given, at }: { spec: FieldSpec; at: Path }) {
  const { state, language, set, helpAt, readOnly } = useInspector();
  const path = [...at, given.key];
  const value = valueAt(state, path);
  // A value of another kind than expected is shown as what it is, so that no edit can turn it into something else.
  const spec: FieldSpec = fits(given.kind, value) ? given : { ...given, kind: "json", loose: true };
  const expressionPath = language === "JSONata" ? path : [...at, spec.pathKey ?? `${spec.key}.$`];
  const inPayload = at.length > 0;
  const switchable =
    spec.plain !== true &&
    spec.kind !== "group" &&
    (language === "JSONata" || inPayload || spec.pathKey !== undefined);
  const expression =
    language === "JSONata"
      ? isExpression(value)
        ? value
        : null
      : switchable
        ? stringOr(valueAt(state, expressionPath))
        : null;
  const found = useMessages(...(switchable ? [path, expressionPath] : [path]));
  const holder = valueAt(state, at);
  const error =
    found.error ??
    (expression === null ? (spec.check?.(value, isObject(holder) ? holder : {}) ?? null) : null);
  const { warning } = found;
  const help = spec.about ?? helpAt(path);
  const info = <FieldInfo path={path} label={spec.label} help={help} />;
  const kindWord = spec.seconds ? "Time" : (KIND_WORDS[spec.kind] ?? "Text");

  const toExpression = () => {
    if (language === "JSONata") set([[path, `{% ${value === undefined ? '""' : asJsonata(value)} %}`]]);
    else
      set([
        [path, undefined],
        [expressionPath, "$."],
      ]);
  };
  const toPlain = () => {
    const plain = language === "JSONata" && expression ? fromJsonata(expression) : undefined;
    const empty: Json | undefined = spec.required
      ? spec.kind === "text" || spec.kind === "long"
        ? ""
        : undefined
      : undefined;
    set(
      language === "JSONata"
        ? [[path, plain ?? empty]]
        : [
            [expressionPath, undefined],
            [path, plain ?? empty],
          ],
    );
  };
  const aside = switchable && !spec.settled && (
    <Segmented
      tiny
      label={`Kind of value of ${spec.label}`}
      value={expression === null ? "plain" : "expression"}
      onChange={(next) => (next === "expression" ? toExpression() : toPlain())}
      segments={[
        { value: "plain", label: kindWord, disabled: readOnly },
        { value: "expression", label: language, disabled: readOnly },
      ]}
    />
  );
  const marker = path.join("/");

  if (spec.kind === "group" && expression === null) {
    // A group of one says nothing that its one field does not.
    const [only, another] = spec.fields ?? [];
    if (only && !another)
      return (
        <div data-field={marker}>
          <FieldView spec={{ ...only, hint: only.hint ?? spec.hint }} at={path} />
          <FieldMessage error={error} warning={warning} tight />
        </div>
      );
    return (
      <fieldset className={styles.group} data-field={marker}>
        <legend>
          {spec.label}
          {info}
        </legend>
        {spec.fields?.map((field) => (
          <FieldView key={field.key} spec={field} at={path} />
        ))}
        <FieldMessage error={error} warning={warning} tight />
      </fieldset>
    );
  }
  if (spec.kind === "boolean" && expression === null)
    return (
      <div className={styles.switch} data-field={marker}>
        <Switch
          label={spec.label}
          info={info}
          checked={(typeof value === "boolean" ? value : spec.fallback === true) !== (spec.inverted === true)}
          disabled={readOnly}
          onChange={(next) => set([[path, next !== (spec.inverted === true)]])}
        />
        {aside}
        <FieldMessage error={error} warning={warning} tight />
      </div>
    );
  if (spec.kind === "objects" && expression === null)
    return <ObjectsField spec={spec} path={path} aside={aside} info={info} error={error} warning={warning} />;
  if (spec.kind === "answers" && expression === null)
    return <AnswersField spec={spec} path={path} aside={aside} info={info} error={error} warning={warning} />;

  const hint = spec.hint ?? (spec.kind === "select" ? undefined : hintFrom(help));
  return (
    <div data-field={marker} data-expression={expressionPath.join("/")}>
      <Field
        label={spec.label}
        optional={spec.required === false && !spec.plain}
        error={error}
        warning={warning}
        hint={hint}
        info={info}
        aside={aside || undefined}
        tight
      >
        {(control) =>
          expression === null ? (
            <PlainControl spec={spec} path={path} value={value} control={control} />
          ) : (
            <ExpressionInput
              {...control}
              value={language === "JSONata" ? inside(expression) : expression}
              field={expressionPath.join("/")}
              root={path[0] === "ResultSelector" ? "result" : "input"}
              onChange={(next) =>
                set([[expressionPath, language === "JSONata" ? `{% ${next} %}` : next]], true)
              }
            />
          )
        }
      </Field>
      {spec.kind === "json" && expression === null && holdsExpressions(value, language) && (
        <ExpressionPreview
          value={value ?? null}
          field={path.join("/")}
          root={path[0] === "ResultSelector" ? "result" : "input"}
        />
      )}
    </div>
  );
}

const KIND_WORDS: Partial<Record<FieldKind, string>> = {
  number: "Number",
  votes: "Number",
  boolean: "Yes/no",
  strings: "List",
  tokens: "List",
  answers: "List",
  objects: "List",
  pairs: "Fields",
  json: "JSON",
  select: "Choice",
  connection: "Choice",
};

/** Whether a control of this kind can show the value; expressions have a control of their own. */
function fits(kind: FieldKind, value: Json | undefined): boolean {
  if (value === undefined || isExpression(value)) return true;
  switch (kind) {
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "votes":
      return typeof value === "number" && Number.isInteger(value);
    case "strings":
    case "tokens":
      return Array.isArray(value) && value.every((each) => typeof each === "string");
    case "answers":
    case "objects":
      return Array.isArray(value) && value.every(isObject);
    case "pairs":
    case "group":
      return isObject(value);
    case "json":
      return true;
    default:
      return typeof value === "string";
  }
}

function stringOr(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** A plain value as the same value in JSONata. */
function asJsonata(value: Json): string {
  return JSON.stringify(value);
}

/** The plain value of an expression that is nothing but a value. */
function fromJsonata(expression: string): Json | undefined {
  const inner = expression.replace(/^\s*\{%\s*/, "").replace(/\s*%\}\s*$/, "");
  try {
    return JSON.parse(inner) as Json;
  } catch {
    return undefined;
  }
}

/** Whether a value has expressions in it, so that a preview says more than the value itself. */
function holdsExpressions(value: Json | undefined, language: QueryLanguage): boolean {
  if (Array.isArray(value)) return value.some((each) => holdsExpressions(each, language));
  if (!isObject(value)) return language === "JSONata" && isExpression(value);
  return Object.entries(value).some(
    ([name, each]) => (language === "JSONPath" && name.endsWith(".$")) || holdsExpressions(each, language),
  );
}
