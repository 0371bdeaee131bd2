import { IconButton } from "./Button.tsx";
import styles from "./Stepper.module.css";

interface StepperProps {
  label: string;
  value: number;
  least?: number;
  most?: number;
  disabled?: boolean;
  onChange: (value: number) => void;
}

/** A small whole number with a step down and a step up; it can be typed, and the arrow keys step too. */
export function Stepper({ label, value, least = 0, most = Infinity, disabled, onChange }: StepperProps) {
  const go = (to: number) => onChange(Math.min(most, Math.max(least, to)));
  return (
    <span className={styles.stepper} role="group" aria-label={label}>
      <IconButton
        icon="minus"
        small
        label={`${label}: one less`}
        disabled={disabled || value <= least}
        onClick={() => go(value - 1)}
      />
      <input
        aria-label={label}
        inputMode="numeric"
        role="spinbutton"
        aria-valuenow={value}
        aria-valuemin={least}
        aria-valuemax={Number.isFinite(most) ? most : undefined}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const typed = Number(event.target.value);
          if (event.target.value !== "" && Number.isInteger(typed)) go(typed);
        }}
        onKeyDown={(event) => {
          const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          go(value + step);
        }}
      />
      <IconButton
        icon="plus"
        small
        label={`${label}: one more`}
        disabled={disabled || value >= most}
        onClick={() => go(value + 1)}
      />
    </span>
  );
}
