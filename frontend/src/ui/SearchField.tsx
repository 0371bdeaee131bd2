import { useRef } from "react";
import { Input } from "./Field.tsx";
import { Kbd } from "./Kbd.tsx";
import { useKey } from "./keys.ts";
import styles from "./SearchField.module.css";

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Finds by letters; "/" puts the cursor here, Esc empties it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useKey("/", () => input.current?.focus());
  return (
    <Input
      ref={input}
      type="search"
      icon="search"
      className={styles.search}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        if (value === "") input.current?.blur();
        else onChange("");
      }}
      placeholder={label}
      aria-label={label}
      after={<Kbd>/</Kbd>}
    />
  );
}
