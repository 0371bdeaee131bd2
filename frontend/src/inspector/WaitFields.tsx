import type { FieldSpec } from "@/inspector/spec.ts";
import { useInspector } from "@/inspector/context.ts";
import { FieldView } from "@/inspector/FieldView.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import styles from "./Inspector.module.css";

const seconds: FieldSpec = {
  key: "Seconds",
  label: "Wait for",
  kind: "number",
  seconds: true,
  pathKey: "SecondsPath",
  required: true,
};
const timestamp: FieldSpec = {
  key: "Timestamp",
  label: "Wait until",
  kind: "text",
  pathKey: "TimestampPath",
  required: true,
  hint: "As 2026-11-21T09:00:00Z.",
};

/** How long a Wait state waits: for a time, or until a moment. */
export function WaitFields() {
  const { state, set, readOnly } = useInspector();
  const moment = "Timestamp" in state || "TimestampPath" in state;
  return (
    <>
      <div className={styles.kind}>
        <Segmented
          label="Kind of wait"
          value={moment ? "moment" : "time"}
          onChange={(next) =>
            set([
              ...["Seconds", "SecondsPath", "Timestamp", "TimestampPath"].map(
                (key) => [[key], undefined] as const,
              ),
              next === "moment" ? [["Timestamp"], "2027-01-01T09:00:00Z"] : [["Seconds"], 10],
            ])
          }
          segments={[
            { value: "time", label: "For a time", disabled: readOnly },
            { value: "moment", label: "Until a moment", disabled: readOnly },
          ]}
        />
      </div>
      <FieldView spec={moment ? timestamp : seconds} at={[]} />
    </>
  );
}
