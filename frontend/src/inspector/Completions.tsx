import type { ReactNode } from "react";

import styles from "./Completions.module.css";

interface CompletionsProps<Option> {
  /** The list's; that of an option is `${id}-${index}`. */
  id: string;
  label: string;
  options: readonly Option[];
  keyOf: (option: Option) => string;
  held: number;
  onHold: (index: number) => void;
  onTake: (option: Option) => void;
  children: (option: Option) => ReactNode;
}

/** What a field offers below itself while it is typed into; the keyboard stays in the field. */
export function Completions<Option>(props: CompletionsProps<Option>) {
  const { id, label, options, keyOf, held, onHold, onTake, children } = props;
  return (
    <ul id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
      {options.map((option, index) => (
        // The focus stays in the field; arrows and Enter reach every option.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={keyOf(option)}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === held}
          ref={(row) => {
            if (index === held) row?.scrollIntoView({ block: "nearest" });
          }}
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => onHold(index)}
          onClick={() => onTake(option)}
        >
          {children(option)}
        </li>
      ))}
    </ul>
  );
}
