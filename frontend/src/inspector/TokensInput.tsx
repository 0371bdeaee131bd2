import { useId, useRef, useState, type KeyboardEvent } from "react";

import type { Json } from "@/asl/types.ts";
import { Completions } from "@/inspector/Completions.tsx";
import { Icon, type IconName } from "@/ui/icons.tsx";
import type { ControlProps } from "@/ui/Field.tsx";
import styles from "./TokensInput.module.css";

export interface TokenOption {
  readonly value: string;
  /** What it means, in words. */
  readonly words?: string;
}

interface TokensInputProps extends Partial<ControlProps> {
  value: Json | undefined;
  /** What one is called: "Error". */
  item: string;
  options?: readonly TokenOption[] | undefined;
  /** How one is shown; its text where nothing is said. */
  show?: ((value: string) => { text: string; icon?: IconName }) | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  onChange: (value: string[] | undefined) => void;
}

/** Several short texts in one field, each taken off by its own button; Enter or a comma ends one that is typed. */
export function TokensInput(props: TokensInputProps) {
  const { value, item, options = [], show, placeholder, disabled, onChange, ...control } = props;
  const list = Array.isArray(value) ? value.map(String) : [];
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [held, setHeld] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const offered = options.filter(
    (option) =>
      !list.includes(option.value) &&
      `${option.value} ${option.words ?? ""}`.toLowerCase().includes(typed.toLowerCase()),
  );
  const listed = open && offered.length > 0;
  const write = (next: string[]) => onChange(next.length ? next : undefined);
  const add = (text: string) => {
    const found = text.trim();
    setTyped("");
    setHeld(-1);
    if (found !== "" && !list.includes(found)) write([...list, found]);
  };
  const drop = (index: number) => {
    write(list.filter((_, at) => at !== index));
    input.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = offered[held];
    if (step !== undefined && offered.length > 0) {
      setOpen(true);
      setHeld((held + step + offered.length) % offered.length);
    } else if (event.key === "Enter" || event.key === ",") add(listed && option ? option.value : typed);
    else if (event.key === "Escape" && listed) setOpen(false);
    else if (event.key === "Backspace" && typed === "" && list.length > 0) return drop(list.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.holder}>
      {/* A press beside the texts goes to the field, as in any other. */}
      <div
        className={styles.tokens}
        data-bad={control["aria-invalid"] ? "" : undefined}
        data-disabled={disabled ? "" : undefined}
        onPointerDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          input.current?.focus();
        }}
      >
        {list.map((text, index) => {
          const shown = show?.(text) ?? { text };
          return (
            <span className={styles.token} key={text} title={text}>
              {shown.icon && <Icon name={shown.icon} size="s" />}
              <span className="clip">{shown.text}</span>
              {!disabled && (
                <button
                  type="button"
                  aria-label={`Remove ${item.toLowerCase()} ${text}`}
                  onClick={() => drop(index)}
                >
                  <Icon name="x" size="s" />
                </button>
              )}
            </span>
          );
        })}
        <input
          {...control}
          ref={input}
          role="combobox"
          aria-expanded={listed}
          aria-controls={listed ? `${id}-list` : undefined}
          aria-activedescendant={listed && held >= 0 ? `${id}-${held}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          disabled={disabled}
          placeholder={disabled ? undefined : (placeholder ?? "Add…")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setOpen(true);
            setHeld(-1);
          }}
          onFocus={() => setOpen(true)}
          onPointerDown={() => setOpen(true)}
          onKeyDown={press}
          onBlur={() => {
            setOpen(false);
            add(typed);
          }}
        />
      </div>
      {listed && (
        <Completions
          id={id}
          label={`${item}s to choose from`}
          options={offered}
          keyOf={(option) => option.value}
          held={held}
          onHold={setHeld}
          onTake={(option) => add(option.value)}
        >
          {(option) => (
            <>
              <span className={`${styles.option} clip`}>{option.value}</span>
              {option.words && <span className={styles.words}>{option.words}</span>}
            </>
          )}
        </Completions>
      )}
    </div>
  );
}
