import { useState, type ReactNode } from "react";

import { whereAnswersLead } from "@/asl/answers.ts";
import { isObject, valueAt, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { useInspector, type Messages } from "@/inspector/context.ts";
import { FieldView } from "@/inspector/FieldView.tsx";
import { moved, SortableRows } from "@/inspector/SortableRows.tsx";
import type { FieldSpec } from "@/inspector/spec.ts";
import { Button } from "@/ui/Button.tsx";
import { FieldMessage } from "@/ui/Field.tsx";
import { Icon } from "@/ui/icons.tsx";
import styles from "./AnswersField.module.css";

interface AnswersFieldProps extends Messages {
  spec: FieldSpec;
  path: Path;
  aside: ReactNode;
  info: ReactNode;
}

/** The answers that an approval offers, in their order, and where each of them leads. */
export function AnswersField({ spec, path, aside, info, error, warning }: AnswersFieldProps) {
  const { state, siblings, set, readOnly } = useInspector();
  const [open, setOpen] = useState<number | null>(null);
  const value = valueAt(state, path);
  const given = Array.isArray(value) ? value : null;
  const list: readonly Json[] = given ?? (Array.isArray(spec.fallback) ? spec.fallback : []);
  const answers = list.map((answer): JsonObject => (isObject(answer) ? answer : {}));
  const ways = whereAnswersLead(siblings, state, answers.map(valueOf));
  const write = (next: readonly Json[]) => set([[path, [...next]]]);
  return (
    <div className={styles.answers} data-field={path.join("/")}>
      <div className={styles.top}>
        <span className={styles.legend}>
          {spec.label}
          {info}
          <span className={styles.whither}>and where each leads</span>
        </span>
        {aside}
      </div>
      <SortableRows
        count={answers.length}
        item="Answer"
        disabled={readOnly}
        onMove={(from, to) => {
          setOpen(null);
          write(moved(list, from, to));
        }}
        row={(index, handle) => {
          const answer = answers[index] ?? {};
          const way = ways.get(valueOf(answer));
          const label = typeof answer["Label"] === "string" ? answer["Label"] : "";
          return (
            <>
              <div className={styles.row} data-testid={`answer-${index}`}>
                {handle ?? <span className={styles.noHandle} />}
                <button
                  type="button"
                  className={styles.open}
                  aria-expanded={open === index}
                  // What stands there by default has no fields of its own to look at.
                  disabled={readOnly && given === null}
                  onClick={() => {
                    // What stands there by default is written first, so that there is something to change.
                    if (given === null) write(list);
                    setOpen(open === index ? null : index);
                  }}
                >
                  <strong className="clip" title={valueOf(answer)}>
                    {valueOf(answer) || "No value yet"}
                  </strong>
                  <span className="clip second" title={label}>
                    {label === valueOf(answer) ? "" : label}
                  </span>
                  <span className={styles.way} title={way?.to ?? "The end"}>
                    <Icon name="arrow-right" size="s" label="leads to" />
                    <span className="clip">{way?.to ?? "The end"}</span>
                  </span>
                </button>
              </div>
              {open === index && given !== null && (
                <div className={styles.fields}>
                  {spec.fields?.map((field) => (
                    <FieldView key={field.key} spec={field} at={[...path, index]} />
                  ))}
                  {!readOnly && answers.length > 1 && (
                    <Button
                      kind="quiet"
                      small
                      icon="trash-2"
                      onClick={() => {
                        setOpen(null);
                        write(list.filter((_, at) => at !== index));
                      }}
                    >
                      Remove answer
                    </Button>
                  )}
                </div>
              )}
            </>
          );
        }}
      />
      <FieldMessage error={error} warning={warning} tight />
      {!readOnly && (
        <Button
          kind="quiet"
          small
          icon="plus"
          onClick={() => {
            write([...list, { Value: freeValue(answers.map(valueOf)) }]);
            setOpen(list.length);
          }}
        >
          Answer
        </Button>
      )}
    </div>
  );
}

function valueOf(answer: JsonObject): string {
  return typeof answer["Value"] === "string" ? answer["Value"] : "";
}

function freeValue(taken: readonly string[]): string {
  for (let at = taken.length + 1; ; at++) if (!taken.includes(`answer ${at}`)) return `answer ${at}`;
}
