import { useState } from "react";

import { isDistributed } from "@/asl/card.ts";
import { isObject, type JsonObject } from "@/asl/types.ts";
import { processorField } from "@/asl/walk.ts";
import { argumentsField, inWordsOf, modeChanged, NEW_BATCHER, newWriter } from "@/document/mapState.ts";
import { useInspector } from "@/inspector/context.ts";
import { FieldInfo } from "@/inspector/FieldInfo.tsx";
import { FieldList } from "@/inspector/FieldList.tsx";
import {
  BATCHER,
  EXECUTION_TYPE,
  iterationFields,
  LABEL,
  TOLERATED,
  WRITER_ARGUMENTS,
  WRITER_CONFIG,
} from "@/inspector/fields/map.ts";
import { ItemsForm } from "@/inspector/forms/ItemsForm.tsx";
import { Part } from "@/inspector/forms/Part.tsx";
import { PlacedField } from "@/inspector/Placed.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import styles from "./Part.module.css";

/** What a Map state goes through and how: within its execution, or each item as an execution of its own. */
export function MapForm() {
  const { state, language } = useInspector();
  const distributed = isDistributed(state);
  // What should not be there is shown all the same, or nobody could take it out.
  const has = (field: string) => distributed || state[field] !== undefined;
  const writer = isObject(state["ResultWriter"]) ? state["ResultWriter"] : {};
  return (
    <>
      <Mode />
      {distributed && <FieldList fields={[EXECUTION_TYPE]} at={[processorField(state), "ProcessorConfig"]} />}
      <ItemsForm />
      <FieldList fields={iterationFields(state)} at={[]} />
      {has("ItemBatcher") && (
        <Part field="ItemBatcher" label="Items in batches" start={NEW_BATCHER}>
          <FieldList fields={BATCHER} at={["ItemBatcher"]} />
        </Part>
      )}
      {has("ResultWriter") && (
        <Part field="ResultWriter" label="Results into S3" start={newWriter(language)}>
          <FieldList fields={WRITER_ARGUMENTS} at={["ResultWriter", argumentsField(writer, language)]} />
          <FieldList fields={WRITER_CONFIG} at={["ResultWriter", "WriterConfig"]} />
        </Part>
      )}
      <FieldList fields={TOLERATED.filter(({ key, pathKey }) => has(key) || has(pathKey ?? key))} at={[]} />
      {has("Label") && <FieldList fields={[LABEL]} at={[]} />}
    </>
  );
}

function Mode() {
  const { state, set, readOnly } = useInspector();
  const place = [processorField(state), "ProcessorConfig", "Mode"];
  const [gone, setGone] = useState<JsonObject>({});
  const distributed = isDistributed(state);
  const words = inWordsOf(gone);
  return (
    <div data-field={place.join("/")}>
      <PlacedField
        at={place}
        label="Iterations"
        info={<FieldInfo path={place} label="Iterations" />}
        tight
        hint={
          words && !distributed
            ? `Only a distributed Map has ${words}: taken out, and back with “Distributed”.`
            : distributed
              ? "Each item, or batch, is an execution of its own, with its own history."
              : "In the history of this execution."
        }
      >
        {(control) => (
          <span className={styles.mode} id={control.id}>
            <Segmented
              label="Iterations"
              value={distributed ? "DISTRIBUTED" : "INLINE"}
              onChange={(mode) => {
                const change = modeChanged(state, mode, gone);
                setGone(change.gone);
                set(change.entries);
              }}
              segments={[
                { value: "INLINE", label: "Inline", disabled: readOnly },
                { value: "DISTRIBUTED", label: "Distributed", disabled: readOnly },
              ]}
            />
          </span>
        )}
      </PlacedField>
    </div>
  );
}
