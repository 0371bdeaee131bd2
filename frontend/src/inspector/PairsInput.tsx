import { useState } from "react";

import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { inside, isExpression, plainName } from "@/asl/words.ts";
import { useInspector } from "@/inspector/context.ts";
import { ExpressionInput } from "@/inspector/ExpressionInput.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Input } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import styles from "./Inspector.module.css";

interface PairsInputProps {
  value: Json | undefined;
  onChange: (value: JsonObject | undefined, typed: boolean) => void;
  item: string;
  /** The field that holds the pairs, from the state. */
  field: string;
  disabled?: boolean;
}

type Entry = readonly [string, Json];

/** Names with values: each a text, any other value as JSON, or an expression. */
export function PairsInput({ value, onChange, item, field, disabled }: PairsInputProps) {
  const { language } = useInspector();
  const entries: Entry[] = isObject(value) ? Object.entries(value) : [];
  const write = (next: readonly Entry[], typed: boolean) =>
    onChange(next.length ? Object.fromEntries(next) : undefined, typed);
  const put = (index: number, entry: Entry, typed: boolean) =>
    write(
      entries.map((each, at) => (at === index ? entry : each)),
      typed,
    );
  const taken = entries.map(([name]) => plainName(name));
  return (
    <div className={styles.list}>
      {entries.map(([key, each], index) => {
        const name = plainName(key);
        const path = language === "JSONPath" && key.endsWith(".$");
        const expression = path || (language === "JSONata" && isExpression(each));
        return (
          <div className={styles.pair} key={index}>
            <div className={styles.listRow}>
              <PairName
                name={name}
                label={`${item} ${index + 1}: name`}
                taken={taken}
                disabled={disabled}
                onRename={(next) => put(index, [path ? `${next}.$` : next, each], false)}
              />
              <Segmented
                tiny
                label={`Kind of value of ${name}`}
                value={expression ? "expression" : "plain"}
                onChange={(next) => put(index, switched(name, each, next === "expression", language), false)}
                segments={[
                  { value: "plain", label: "Value", disabled },
                  { value: "expression", label: language, disabled },
                ]}
              />
              <IconButton
                icon="x"
                small
                label={`Remove ${name}`}
                disabled={disabled}
                onClick={() =>
                  write(
                    entries.filter((_, at) => at !== index),
                    false,
                  )
                }
              />
            </div>
            {expression && typeof each === "string" ? (
              <ExpressionInput
                label={`${item} ${name}: value`}
                value={path ? each : inside(each)}
                field={`${field}/${name}`}
                root={field === "Assign" ? "result" : "input"}
                onChange={(next) => put(index, [key, path ? next : `{% ${next} %}`], true)}
              />
            ) : (
              <Input
                aria-label={`${item} ${name}: value`}
                value={typeof each === "string" ? each : JSON.stringify(each)}
                disabled={disabled}
                onChange={(event) => put(index, [key, readLoose(event.target.value, each)], true)}
              />
            )}
          </div>
        );
      })}
      {!disabled && (
        <Button
          kind="quiet"
          small
          icon="plus"
          onClick={() => write([...entries, [freeKey(taken), ""]], false)}
        >
          {item}
        </Button>
      )}
    </div>
  );
}

/** A name takes effect when the field is left, so that no half-typed one replaces another. */
function PairName({
  name,
  label,
  taken,
  disabled,
  onRename,
}: {
  name: string;
  label: string;
  taken: readonly string[];
  disabled?: boolean | undefined;
  onRename: (name: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    if (typed !== null && typed !== "" && typed !== name && !taken.includes(typed)) onRename(typed);
    setTyped(null);
  };
  return (
    <Input
      aria-label={label}
      value={typed ?? name}
      disabled={disabled}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === "Enter") settle();
      }}
    />
  );
}

/** The same pair as an expression, or as a value. */
function switched(name: string, value: Json, expression: boolean, language: "JSONata" | "JSONPath"): Entry {
  if (language === "JSONPath")
    return expression
      ? [`${name}.$`, typeof value === "string" && value.startsWith("$") ? value : "$."]
      : [name, value];
  if (expression) return [name, `{% ${JSON.stringify(value)} %}`];
  const text = typeof value === "string" ? inside(value) : "";
  try {
    return [name, JSON.parse(text) as Json];
  } catch {
    return [name, text];
  }
}

function readLoose(text: string, before: Json): Json {
  if (typeof before === "string") return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function freeKey(taken: readonly string[]): string {
  for (let at = taken.length + 1; ; at++) if (!taken.includes(`name${at}`)) return `name${at}`;
}
