import type { Ref, SelectHTMLAttributes } from "react";
import { Icon } from "./icons.tsx";
import styles from "./Select.module.css";

export interface Choice<T extends string = string> {
  value: T;
  label: string;
  disabled?: boolean;
}

interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  options: readonly Choice[];
  /** Shown, muted, while nothing is chosen. */
  placeholder?: string;
  ref?: Ref<HTMLSelectElement>;
}

/** One of a few: the browser's own list, so that a phone shows it its own way. */
export function Select({ options, placeholder, className, ...rest }: SelectProps) {
  return (
    <span className={[styles.select, className].filter(Boolean).join(" ")}>
      <select {...rest} data-empty={rest.value === "" ? "" : undefined}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size="s" />
    </span>
  );
}
