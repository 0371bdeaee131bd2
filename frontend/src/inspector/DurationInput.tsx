import { useState } from "react";

import type { Json } from "@/asl/types.ts";
import { secondsInWords } from "@/asl/words.ts";
import { Input, type ControlProps } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import styles from "./DurationInput.module.css";

const UNITS = [
  { value: "s", label: "seconds", seconds: 1 },
  { value: "min", label: "minutes", seconds: 60 },
  { value: "h", label: "hours", seconds: 3_600 },
  { value: "d", label: "days", seconds: 86_400 },
] as const;
type Unit = (typeof UNITS)[number];

interface DurationInputProps extends Partial<ControlProps> {
  /** Seconds. */
  value: Json | undefined;
  /** What holds when there is none. */
  fallback?: number | undefined;
  disabled?: boolean | undefined;
  onChange: (seconds: number | undefined, typed: boolean) => void;
}

/** A span of time as people say it, kept in seconds. */
export function DurationInput({ value, fallback, disabled, onChange, ...control }: DurationInputProps) {
  const seconds = typeof value === "number" ? value : undefined;
  // The unit that was chosen stays while the field is open, though another would say it as well.
  const [chosen, setChosen] = useState<Unit | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const unit = chosen ?? unitOf(seconds ?? fallback ?? 0);
  const shown = typed ?? (seconds === undefined ? "" : amount(seconds, unit));
  return (
    <span className={styles.duration}>
      <Input
        {...control}
        inputMode="decimal"
        placeholder={fallback === undefined ? undefined : amount(fallback, unit)}
        title={seconds === undefined ? undefined : secondsInWords(seconds)}
        value={shown}
        disabled={disabled}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          setChosen(unit);
          if (text.trim() === "") onChange(undefined, true);
          else if (Number.isFinite(Number(text))) onChange(Number(text) * unit.seconds, true);
        }}
        onBlur={() => setTyped(null)}
      />
      <Select
        aria-label="Unit"
        value={unit.value}
        disabled={disabled}
        options={UNITS.map(({ value: each, label }) => ({ value: each, label }))}
        onChange={(event) => {
          const next = UNITS.find(({ value: each }) => each === event.target.value) ?? UNITS[0];
          setChosen(next);
          // The number stays and means the new unit: "3 minutes" becomes "3 days".
          if (seconds !== undefined) onChange((seconds / unit.seconds) * next.seconds, false);
        }}
      />
    </span>
  );
}

/** The largest unit that says a span as a whole number. */
function unitOf(seconds: number): Unit {
  return UNITS.findLast((unit) => seconds >= unit.seconds && seconds % unit.seconds === 0) ?? UNITS[0];
}

function amount(seconds: number, unit: Unit): string {
  return String(Number((seconds / unit.seconds).toFixed(4)));
}
