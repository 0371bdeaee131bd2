import { useRef } from "react";
import { IconButton } from "./Button.tsx";
import { Input } from "./Field.tsx";
import { Kbd } from "./Kbd.tsx";
import { useKey } from "./keys.ts";
import styles from "./SearchField.module.css";

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Empties a search; stands in its field once something is typed. */
export function ClearSearch({ onClear }: { onClear: () => void }) {
  return <IconButton icon="x" small label="Clear the search" onClick={onClear} />;
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
      after={
        value === "" ? (
          <Kbd>/</Kbd>
        ) : (
          <ClearSearch
            onClear={() => {
              onChange("");
              input.current?.focus();
            }}
          />
        )
      }
    />
  );
}
