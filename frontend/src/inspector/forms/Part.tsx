import type { ReactNode } from "react";

import { FieldInfo } from "@/inspector/FieldInfo.tsx";
import { useInspector } from "@/inspector/context.ts";
import type { Json } from "@/asl/types.ts";
import { PlaceMessage } from "@/inspector/Placed.tsx";
import { Switch } from "@/ui/Switch.tsx";
import styles from "./Part.module.css";

interface PartProps {
  /** The field that holds it; without it the part is off. */
  field: string;
  label: string;
  /** What it starts with when it is switched on. */
  start: Json;
  children: ReactNode;
}

/** A part of a state that it has or has not, with the fields of it below its switch. */
export function Part({ field, label, start, children }: PartProps) {
  const { state, set, readOnly } = useInspector();
  const held = state[field] !== undefined;
  return (
    <section className={styles.part} data-field={field} aria-label={label}>
      <Switch
        label={<span className={styles.name}>{label}</span>}
        info={<FieldInfo path={[field]} label={label} />}
        checked={held}
        disabled={readOnly}
        onChange={(on) => set([[[field], on ? start : undefined]])}
      />
      {held && (
        <>
          <PlaceMessage at={[field]} />
          <div className={styles.fields}>{children}</div>
        </>
      )}
    </section>
  );
}
