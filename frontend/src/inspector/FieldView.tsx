import { isObject, valueAt, type Json, type Path } from "@/asl/types.ts";
import { isExpression, secondsInWords } from "@/asl/words.ts";
import { useInspector } from "@/inspector/context.ts";
import { JsonInput, NumberInput, PairsInput, StringsInput } from "@/inspector/controls.tsx";
import type { FieldKind, FieldSpec } from "@/inspector/spec.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Field, Input, TextArea, type ControlProps } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { Select } from "@/ui/Select.tsx";
import { Switch } from "@/ui/Switch.tsx";
import styles from "./Inspector.module.css";

/** One field of a form: its own control, or an expression when it is switched to one. */
export function FieldView({ spec: given, at }: { spec: FieldSpec; at: Path }) {
  const { state, language, set, errorAt, readOnly } = useInspector();
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
  const error = errorAt(path) ?? (language === "JSONPath" && switchable ? errorAt(expressionPath) : null);
  const kindWord =
    {
      number: "Number",
      boolean: "Yes/no",
      strings: "List",
      objects: "List",
      pairs: "Fields",
      json: "JSON",
      select: "Choice",
      connection: "Choice",
    }[spec.kind as string] ?? "Text";

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
  const aside = switchable && (
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

  if (spec.kind === "group" && expression === null)
    return (
      <fieldset className={styles.group} data-field={marker}>
        <legend>{spec.label}</legend>
        {spec.fields?.map((field) => (
          <FieldView key={field.key} spec={field} at={path} />
        ))}
      </fieldset>
    );
  if (spec.kind === "boolean" && expression === null)
    return (
      <div className={styles.switch} data-field={marker}>
        <Switch
          label={spec.label}
          checked={typeof value === "boolean" ? value : spec.fallback === true}
          disabled={readOnly}
          onChange={(next) => set([[path, next]])}
        />
        {aside}
      </div>
    );
  if (spec.kind === "objects" && expression === null)
    return <ObjectsField spec={spec} path={path} aside={aside} error={error} />;

  const hint = hintOf(spec, value);
  return (
    <div data-field={marker}>
      <Field
        label={spec.label}
        optional={spec.required === false && !spec.plain}
        error={error}
        hint={hint}
        aside={aside || undefined}
        tight
      >
        {(control) =>
          expression === null ? (
            <PlainControl spec={spec} path={path} value={value} control={control} />
          ) : (
            <TextArea
              {...control}
              code
              rows={Math.min(8, Math.max(1, expression.split("\n").length))}
              disabled={readOnly}
              value={
                language === "JSONata"
                  ? expression.replace(/^\s*\{%\s?/, "").replace(/\s?%\}\s*$/, "")
                  : expression
              }
              onChange={(event) =>
                set(
                  [
                    [
                      expressionPath,
                      language === "JSONata" ? `{% ${event.target.value} %}` : event.target.value,
                    ],
                  ],
                  true,
                )
              }
            />
          )
        }
      </Field>
    </div>
  );
}

function PlainControl({
  spec,
  path,
  value,
  control,
}: {
  spec: FieldSpec;
  path: Path;
  value: Json | undefined;
  control: ControlProps;
}) {
  const { set, states, connections, readOnly } = useInspector();
  const fallback =
    spec.fallback === undefined
      ? undefined
      : typeof spec.fallback === "string"
        ? spec.fallback
        : JSON.stringify(spec.fallback);
  const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  const write = (next: string) => set([[path, next === "" && !spec.required ? undefined : next]], true);
  switch (spec.kind) {
    case "long":
      return (
        <TextArea
          {...control}
          value={text}
          placeholder={fallback}
          disabled={readOnly}
          rows={Math.min(8, Math.max(2, text.split("\n").length))}
          onChange={(event) => write(event.target.value)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...control}
          value={value}
          placeholder={fallback}
          disabled={readOnly}
          after={spec.seconds ? "seconds" : undefined}
          onChange={(next) => set([[path, next]], true)}
        />
      );
    case "strings":
      return (
        <StringsInput
          value={value}
          item={spec.item ?? "Item"}
          suggestions={spec.suggestions}
          disabled={readOnly}
          onChange={(next, typed) => set([[path, next]], typed)}
        />
      );
    case "pairs":
      return (
        <PairsInput
          value={value}
          item={spec.item ?? "Field"}
          disabled={readOnly}
          onChange={(next, typed) => set([[path, next]], typed)}
        />
      );
    case "json":
      return (
        <JsonInput
          {...control}
          loose={spec.loose}
          value={value}
          disabled={readOnly}
          onChange={(next) => set([[path, next]], true)}
        />
      );
    case "select":
    case "state":
    case "connection": {
      const options =
        spec.kind === "select"
          ? [...(spec.options ?? [])]
          : (spec.kind === "state" ? states : connections).map((each) => ({ value: each, label: each }));
      if (text !== "" && !options.some((option) => option.value === text))
        options.push({ value: text, label: text });
      const none =
        spec.kind === "state"
          ? "The end"
          : fallback === undefined
            ? "Choose"
            : `${options.find((option) => option.value === fallback)?.label ?? fallback} (default)`;
      const choose = (next: string) => {
        if (spec.kind === "state" && path.length === 1 && spec.key === "Next")
          set(
            next === ""
              ? [
                  [["Next"], undefined],
                  [["End"], true],
                ]
              : [
                  [["End"], undefined],
                  [["Next"], next],
                ],
          );
        else set([[path, next === "" && !spec.required ? undefined : next]]);
      };
      return (
        <Select
          {...control}
          value={text}
          disabled={readOnly}
          onChange={(event) => choose(event.target.value)}
          options={[{ value: "", label: none }, ...options]}
        />
      );
    }
    default:
      return (
        <Input
          {...control}
          value={text}
          placeholder={fallback}
          disabled={readOnly}
          onChange={(event) => write(event.target.value)}
        />
      );
  }
}

/** A list of objects, each with its own fields, in an order that can be changed. */
export function ObjectsField({
  spec,
  path,
  aside,
  error,
}: {
  spec: FieldSpec;
  path: Path;
  aside?: React.ReactNode;
  error?: string | null;
}) {
  const { state, set, readOnly } = useInspector();
  const value = valueAt(state, path);
  const list = Array.isArray(value) ? value : [];
  const item = spec.item ?? "Item";
  const swap = (index: number, by: number) => {
    const next = [...list];
    const [one, other] = [next[index], next[index + by]];
    if (one === undefined || other === undefined) return;
    next[index] = other;
    next[index + by] = one;
    set([[path, next]]);
  };
  return (
    <div className={styles.objects} data-field={path.join("/")}>
      <div className={styles.objectsTop}>
        <span className={styles.legend}>{spec.label}</span>
        {aside}
      </div>
      {list.map((each, index) => (
        <fieldset className={styles.object} key={index}>
          <legend className="sr">
            {item} {index + 1}
          </legend>
          <div className={styles.objectBar}>
            <span className="strong small grow">{headOf(each) || `${item} ${index + 1}`}</span>
            {!readOnly && (
              <>
                <IconButton
                  icon="arrow-up"
                  small
                  label={`Move ${item.toLowerCase()} ${index + 1} up`}
                  disabled={index === 0}
                  onClick={() => swap(index, -1)}
                />
                <IconButton
                  icon="arrow-down"
                  small
                  label={`Move ${item.toLowerCase()} ${index + 1} down`}
                  disabled={index === list.length - 1}
                  onClick={() => swap(index, 1)}
                />
                <IconButton
                  icon="x"
                  small
                  label={`Remove ${item.toLowerCase()} ${index + 1}`}
                  onClick={() =>
                    set([
                      [
                        path,
                        list.length === 1 && !spec.required
                          ? undefined
                          : list.filter((_, at) => at !== index),
                      ],
                    ])
                  }
                />
              </>
            )}
          </div>
          <div className={spec.fields?.every((field) => field.plain) ? styles.two : styles.one}>
            {spec.fields?.map((field) => (
              <FieldView key={field.key} spec={field} at={[...path, index]} />
            ))}
          </div>
        </fieldset>
      ))}
      {error && (
        <p role="alert" className={styles.bad}>
          {error}
        </p>
      )}
      {!readOnly && (
        <Button kind="quiet" small icon="plus" onClick={() => set([[path, [...list, blank(spec)]]])}>
          {item}
        </Button>
      )}
    </div>
  );
}

function blank(spec: FieldSpec): Json {
  return Object.fromEntries(
    (spec.fields ?? [])
      .filter(({ required }) => required)
      .map(({ key, kind }) => [key, kind === "number" ? 0 : ""]),
  );
}

function headOf(item: Json): string {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return "";
  const found = item["Label"] ?? item["Name"] ?? item["Role"] ?? item["Value"];
  return typeof found === "string" ? found : "";
}

/** Whether a control of this kind can show the value; expressions have a control of their own. */
function fits(kind: FieldKind, value: Json | undefined): boolean {
  if (value === undefined || isExpression(value)) return true;
  switch (kind) {
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "strings":
      return Array.isArray(value) && value.every((each) => typeof each === "string");
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

function hintOf(spec: FieldSpec, value: Json | undefined): string | undefined {
  if (!spec.seconds) return spec.hint;
  const seconds =
    typeof value === "number" ? value : typeof spec.fallback === "number" ? spec.fallback : null;
  return seconds !== null && seconds >= 60
    ? `${secondsInWords(seconds)}${typeof value === "number" ? "" : " by default"}`
    : spec.hint;
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
