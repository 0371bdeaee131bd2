import { useId, type ReactNode } from "react";
import styles from "./Switch.module.css";

interface SwitchProps {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** Right behind the label: the way to what it does. */
  info?: ReactNode;
  /** Label and switch close together instead of at the two ends of the line. */
  inline?: boolean;
}

/** On or off, in force at once. */
export function Switch({ label, checked, onChange, disabled, info, inline }: SwitchProps) {
  const id = useId();
  return (
    <span className={inline ? `${styles.line} ${styles.inline}` : styles.line}>
      <span className={styles.name}>
        <label htmlFor={id}>{label}</label>
        {info}
      </span>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={checked}
        disabled={disabled}
        className={styles.switch}
        onClick={() => onChange(!checked)}
      />
    </span>
  );
}
