import { Field } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import { TYPES, type WorkflowType } from "./workflowTypes.ts";

export type { WorkflowType };

/** Which kind of workflow is made, with what it means; it stays what it is. */
export function TypeField(props: { value: WorkflowType; onChange: (type: WorkflowType) => void }) {
  return (
    <Field label="Type" hint={`${TYPES[props.value].means} It stays what it is.`}>
      {(control) => (
        <Select
          {...control}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value as WorkflowType)}
          options={(Object.keys(TYPES) as WorkflowType[]).map((value) => ({
            value,
            label: TYPES[value].label,
          }))}
        />
      )}
    </Field>
  );
}
