import { useState } from "react";

import { valueAt, type Path } from "@/asl/types.ts";
import { useInspector } from "@/inspector/context.ts";
import { FieldView } from "@/inspector/FieldView.tsx";
import type { FieldSpec } from "@/inspector/spec.ts";
import { Button } from "@/ui/Button.tsx";
import styles from "./Inspector.module.css";

/** The fields of an object; those that are seldom wanted are folded, unless they hold something. */
export function FieldList({
  fields,
  at,
  focus,
}: {
  fields: readonly FieldSpec[];
  at: Path;
  focus?: string | null;
}) {
  const { state } = useInspector();
  const [opened, setOpened] = useState(false);
  const isHeld = (field: FieldSpec) =>
    [field.key, `${field.key}.$`, ...(field.pathKey ? [field.pathKey] : [])].some(
      (key) => valueAt(state, [...at, key]) !== undefined,
    );
  const folded = fields.filter((field) => field.advanced && !isHeld(field) && field.key !== focus);
  const shown = opened ? fields : fields.filter((field) => !folded.includes(field));
  return (
    <>
      {shown.map((field) => (
        <FieldView key={field.key} spec={field} at={at} />
      ))}
      {folded.length > 0 && (
        <div className={styles.more}>
          <Button
            kind="quiet"
            small
            icon={opened ? "chevron-up" : "chevron-down"}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {opened ? "Fewer fields" : `${folded.length} more ${folded.length === 1 ? "field" : "fields"}`}
          </Button>
        </div>
      )}
    </>
  );
}
