import { useId, useRef, useState, type KeyboardEvent } from "react";

import { Completions } from "@/inspector/Completions.tsx";
import { useInspector } from "@/inspector/context.ts";
import { ExpressionPreview } from "@/inspector/ExpressionPreview.tsx";
import { ExpressionText } from "@/inspector/ExpressionText.tsx";
import { suggestionsAt, type Suggestion, type Suggestions } from "@/asl/expressionCompletion.ts";
import { TextArea, type ControlProps } from "@/ui/Field.tsx";
import styles from "./ExpressionInput.module.css";

interface ExpressionInputProps extends Partial<ControlProps> {
  /** The expression without its marks. */
  value: string;
  onChange: (value: string) => void;
  /** Where it stands, from the state: a message names it. */
  field: string;
  /** What $ stands for in JSONPath. */
  root?: "input" | "result";
  label?: string;
  /** No preview: something else shows what comes of it. */
  quiet?: boolean;
}

/** An expression being typed: Ctrl Space completes it, and below stands what it gives with the last run's data. */
export function ExpressionInput({
  value,
  onChange,
  field,
  root,
  label,
  quiet,
  ...control
}: ExpressionInputProps) {
  const { language, trying, readOnly } = useInspector();
  const [found, setFound] = useState<Suggestions | null>(null);
  const [held, setHeld] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const look = (text: string, caret: number) => {
    setFound(suggestionsAt(text, caret, language, trying?.sample ?? null, trying?.variables ?? []));
    setHeld(0);
  };
  const take = (item: Suggestion) => {
    const caret = area.current?.selectionStart ?? value.length;
    if (!found) return;
    const next = value.slice(0, found.from) + item.apply + value.slice(caret);
    const to = found.from + item.apply.length - (item.back ?? 0);
    onChange(next);
    setFound(null);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(to, to);
      if (item.apply.endsWith(".")) look(next, to);
    });
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      look(value, event.currentTarget.selectionStart);
      return;
    }
    if (!found) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = found.items[held];
    if (step !== undefined) setHeld((held + step + found.items.length) % found.items.length);
    else if ((event.key === "Enter" || event.key === "Tab") && item) take(item);
    else if (event.key === "Escape") setFound(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.holder}>
      {/* The coloured text behind the field makes it as high as what is written, so that no line is ever cut. */}
      <div className={styles.field}>
        <pre aria-hidden="true" className={styles.text}>
          <ExpressionText value={value} language={language} />
          {"\u200b"}
        </pre>
        <TextArea
          {...control}
          ref={area}
          aria-label={label}
          code
          className={styles.area}
          rows={1}
          disabled={readOnly}
          value={value}
          aria-autocomplete="list"
          aria-controls={found ? `${id}-list` : undefined}
          aria-activedescendant={found ? `${id}-${held}` : undefined}
          onChange={(event) => {
            onChange(event.target.value);
            look(event.target.value, event.target.selectionStart);
          }}
          onKeyDown={press}
          onBlur={() => setFound(null)}
        />
      </div>
      {found && (
        <Completions
          id={id}
          label="Completions"
          options={found.items}
          keyOf={(item) => item.label}
          held={held}
          onHold={setHeld}
          onTake={take}
        >
          {(item) => (
            <>
              <span className={styles.word}>{item.label}</span>
              <span className={styles.detail} title={item.detail}>
                {item.detail}
              </span>
            </>
          )}
        </Completions>
      )}
      {!quiet && <ExpressionPreview value={value} field={field} root={root ?? "input"} />}
    </div>
  );
}
