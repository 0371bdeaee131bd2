import type { Ref, SelectHTMLAttributes } from "react";
import { Icon } from "./icons.tsx";
import styles from "./Select.module.css";

export interface Choice<T extends string = string> {
  value: T;
  label: string;
  disabled?: boolean;
  /** Neighbours of one group stand under its name. */
  group?: string;
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
        {inGroups(options).map(({ group, choices }) =>
          group === undefined ? (
            choices.map((choice) => <Option key={choice.value} choice={choice} />)
          ) : (
            <optgroup key={group} label={group}>
              {choices.map((choice) => (
                <Option key={choice.value} choice={choice} />
              ))}
            </optgroup>
          ),
        )}
      </select>
      <Icon name="chevron-down" size="s" />
    </span>
  );
}

function Option({ choice }: { choice: Choice }) {
  return (
    <option value={choice.value} disabled={choice.disabled}>
      {choice.label}
    </option>
  );
}

function inGroups(options: readonly Choice[]): { group: string | undefined; choices: Choice[] }[] {
  const found: { group: string | undefined; choices: Choice[] }[] = [];
  for (const choice of options) {
    const last = found.at(-1);
    if (last && last.group === choice.group) last.choices.push(choice);
    else found.push({ group: choice.group, choices: [choice] });
  }
  return found;
}
