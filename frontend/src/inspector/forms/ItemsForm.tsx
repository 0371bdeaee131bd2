import { isDistributed } from "@/asl/card.ts";
import { isObject } from "@/asl/types.ts";
import {
  argumentsField,
  itemsField,
  itemsFrom,
  itemsTaken,
  readerOf,
  readsOf,
  type ItemsFrom,
  type Reads,
} from "@/document/mapState.ts";
import { useInspector } from "@/inspector/context.ts";
import { FieldInfo } from "@/inspector/FieldInfo.tsx";
import { FieldList } from "@/inspector/FieldList.tsx";
import { FieldView } from "@/inspector/FieldView.tsx";
import { READS_IN_WORDS, readerFields } from "@/inspector/fields/map.ts";
import { PlaceMessage } from "@/inspector/Placed.tsx";
import { optionsOf, type FieldSpec } from "@/inspector/spec.ts";
import { Field } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import styles from "./Part.module.css";

/** Where the items of a Map state come from, and what says so. */
export function ItemsForm() {
  const { state, language, set, readOnly } = useInspector();
  const from = itemsFrom(state);
  const field = itemsField(state, language);
  const jsonata = language === "JSONata";
  const sources: { value: ItemsFrom; label: string }[] = [
    { value: "input", label: "The input, which is a list" },
    { value: "expression", label: jsonata ? "What an expression gives" : "What stands at a path" },
    ...(jsonata || from === "list" ? [{ value: "list" as const, label: "A list that is given here" }] : []),
    ...(isDistributed(state) || from === "reader"
      ? [{ value: "reader" as const, label: "A file or a bucket in S3" }]
      : []),
  ];
  return (
    <>
      <Field label="Items" info={<FieldInfo path={[field]} label="Items" />} tight>
        {(control) => (
          <Select
            {...control}
            value={from}
            disabled={readOnly}
            options={sources}
            onChange={(event) => set(itemsTaken(event.target.value as ItemsFrom, language))}
          />
        )}
      </Field>
      {from === "reader" && <ReaderForm />}
      {(from === "expression" || from === "list") && (
        <FieldView spec={field === "Items" ? ITEMS : ITEMS_PATH} at={[]} />
      )}
    </>
  );
}

const ITEMS: FieldSpec = { key: "Items", label: "The list", kind: "json", required: true, settled: true };
const ITEMS_PATH: FieldSpec = {
  key: "ItemsPath",
  label: "The path",
  kind: "text",
  required: true,
  pathKey: "ItemsPath",
  settled: true,
};

function ReaderForm() {
  const { state, language, set, readOnly } = useInspector();
  const reader = isObject(state["ItemReader"]) ? state["ItemReader"] : {};
  const reads = readsOf(reader);
  const { args, config } = readerFields(reader);
  return (
    <section className={styles.part} data-field="ItemReader" aria-label="Item reader">
      <PlaceMessage at={["ItemReader"]} />
      <div className={styles.fields}>
        <Field label="Reads" tight>
          {(control) => (
            <Select
              {...control}
              value={reads ?? ""}
              disabled={readOnly}
              options={optionsOf({
                ...(reads === null ? { "": "As its settings say" } : {}),
                ...READS_IN_WORDS,
              })}
              onChange={(event) =>
                event.target.value !== "" &&
                set([[["ItemReader"], readerOf(reader, event.target.value as Reads, language)]])
              }
            />
          )}
        </Field>
        <FieldList fields={args} at={["ItemReader", argumentsField(reader, language)]} />
        <FieldList fields={config} at={["ItemReader", "ReaderConfig"]} />
      </div>
    </section>
  );
}
