import type { ReactNode } from "react";

import { isObject, valueAt, type Json, type Path } from "@/asl/types.ts";
import { useInspector, type Messages } from "@/inspector/context.ts";
import { FieldList } from "@/inspector/FieldList.tsx";
import { ItemBar } from "@/inspector/ItemBar.tsx";
import { PlaceMessage } from "@/inspector/Placed.tsx";
import type { FieldSpec } from "@/inspector/spec.ts";
import { Button } from "@/ui/Button.tsx";
import { FieldMessage } from "@/ui/Field.tsx";
import styles from "./Inspector.module.css";

interface ObjectsFieldProps extends Messages {
  spec: FieldSpec;
  path: Path;
  aside: ReactNode;
  info: ReactNode;
}

/** A list of objects, each with its own fields, in an order that can be changed. */
export function ObjectsField({ spec, path, aside, info, error, warning }: ObjectsFieldProps) {
  const { state, set, readOnly } = useInspector();
  const value = valueAt(state, path);
  const list = Array.isArray(value) ? value : [];
  const item = spec.item ?? "Item";
  const write = (next: Json[] | undefined) => set([[path, next]]);
  return (
    <div className={styles.objects} data-field={path.join("/")}>
      <div className={styles.objectsTop}>
        <span className={styles.legend}>
          {spec.label}
          {info}
        </span>
        {aside}
      </div>
      {list.map((each, index) => (
        <fieldset className={styles.object} key={index} data-field={[...path, index].join("/")}>
          <legend className="sr">
            {item} {index + 1}
          </legend>
          <ItemBar
            list={list}
            index={index}
            item={item.toLowerCase()}
            title={headOf(spec, each) || `${item} ${index + 1}`}
            onMove={write}
            onRemove={() =>
              write(list.length === 1 && !spec.required ? undefined : list.filter((_, at) => at !== index))
            }
          />
          <div className={spec.fields?.every((field) => field.plain) ? styles.two : styles.one}>
            <FieldList fields={spec.fields ?? []} at={[...path, index]} />
          </div>
          <PlaceMessage at={[...path, index]} />
          {footOf(spec, each) && <p className={styles.foot}>{footOf(spec, each)}</p>}
        </fieldset>
      ))}
      <FieldMessage error={error} warning={warning} tight />
      {!readOnly && (
        <Button kind="quiet" small icon="plus" onClick={() => write(grown(spec, list))}>
          {item}
        </Button>
      )}
    </div>
  );
}

function grown(spec: FieldSpec, list: readonly Json[]): Json[] {
  return spec.grow?.(list) ?? [...list, blank(spec)];
}

function blank(spec: FieldSpec): Json {
  return Object.fromEntries(
    (spec.fields ?? [])
      .filter(({ required }) => required)
      .map(({ key, kind }) => [key, kind === "number" ? 0 : ""]),
  );
}

function headOf(spec: FieldSpec, item: Json): string {
  if (!isObject(item)) return "";
  if (spec.head) return spec.head(item);
  const found = item["Label"] ?? item["Name"] ?? item["Role"] ?? item["Value"];
  return typeof found === "string" ? found : "";
}

function footOf(spec: FieldSpec, item: Json): string | null {
  return isObject(item) ? (spec.foot?.(item) ?? null) : null;
}
