import { useId } from "react";

import { valueAt, type Json, type Path } from "@/asl/types.ts";
import { useInspector, type KnownConnection } from "@/inspector/context.ts";
import { JsonInput, NumberInput, StringsInput } from "@/inspector/controls.tsx";
import { DurationInput } from "@/inspector/DurationInput.tsx";
import { PairsInput } from "@/inspector/PairsInput.tsx";
import type { FieldSpec } from "@/inspector/spec.ts";
import { TokensInput } from "@/inspector/TokensInput.tsx";
import { VotesInput } from "@/inspector/VotesInput.tsx";
import { Input, TextArea, type ControlProps } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";

interface PlainControlProps {
  spec: FieldSpec;
  path: Path;
  value: Json | undefined;
  control: ControlProps;
}

/** The control of a value that stands as it is, by its kind. */
export function PlainControl({ spec, path, value, control }: PlainControlProps) {
  const { state, set, states, connections, readOnly } = useInspector();
  const listId = useId();
  const fallback =
    spec.fallback === undefined
      ? undefined
      : typeof spec.fallback === "string"
        ? spec.fallback
        : JSON.stringify(spec.fallback);
  const example = spec.example ?? spec.about?.example;
  const placeholder = fallback ?? (example ? `for example ${example}` : undefined);
  const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  const write = (next: string) => set([[path, next === "" && !spec.required ? undefined : next]], true);
  switch (spec.kind) {
    case "long":
      return (
        <TextArea
          {...control}
          value={text}
          placeholder={placeholder}
          disabled={readOnly}
          rows={Math.min(8, Math.max(2, text.split("\n").length))}
          onChange={(event) => write(event.target.value)}
        />
      );
    case "number":
      if (spec.seconds)
        return (
          <DurationInput
            {...control}
            value={value}
            fallback={typeof spec.fallback === "number" ? spec.fallback : undefined}
            disabled={readOnly}
            onChange={(next, typed) => set([[path, next]], typed)}
          />
        );
      return (
        <NumberInput
          {...control}
          value={value}
          placeholder={fallback}
          disabled={readOnly}
          onChange={(next) => set([[path, next]], true)}
        />
      );
    case "votes":
      return (
        <VotesInput
          label={spec.label}
          value={value}
          approvers={valueAt(state, [...path.slice(0, -1), "Approvers"])}
          disabled={readOnly}
          onChange={(next) => set([[path, next]])}
        />
      );
    case "tokens":
      return (
        <TokensInput
          {...control}
          value={value}
          item={spec.item ?? "Item"}
          options={spec.tokens}
          show={spec.show}
          disabled={readOnly}
          onChange={(next) => set([[path, next ?? (spec.required ? [] : undefined)]])}
        />
      );
    case "strings":
      return (
        <StringsInput
          value={value}
          item={spec.item ?? "Item"}
          suggestions={spec.suggestions}
          disabled={readOnly}
          onChange={(next, typed) => set([[path, next]], typed)}
        />
      );
    case "pairs":
      return (
        <PairsInput
          value={value}
          item={spec.item ?? "Field"}
          field={path.join("/")}
          disabled={readOnly}
          onChange={(next, typed) => set([[path, next]], typed)}
        />
      );
    case "json":
      return (
        <JsonInput
          {...control}
          loose={spec.loose}
          value={value}
          disabled={readOnly}
          onChange={(next) => set([[path, next]], true)}
        />
      );
    case "select":
    case "state":
    case "connection": {
      const fitting = connections.filter(({ kind }) => !spec.kinds || spec.kinds.includes(kind));
      const options =
        spec.kind === "select"
          ? [...(spec.options ?? [])]
          : (spec.kind === "state" ? states : fitting.map(({ name }) => name)).map((each) => ({
              value: each,
              label: each,
            }));
      if (text !== "" && !options.some((option) => option.value === text))
        options.push({ value: text, label: text });
      const none =
        spec.kind === "state"
          ? spec.required
            ? "Choose a state"
            : "The end"
          : fallback === undefined
            ? "Choose"
            : `${options.find((option) => option.value === fallback)?.label ?? fallback} (default)`;
      const choose = (next: string) => {
        if (spec.kind === "state" && path.length === 1 && spec.key === "Next")
          set(
            next === ""
              ? [
                  [["Next"], undefined],
                  [["End"], true],
                ]
              : [
                  [["End"], undefined],
                  [["Next"], next],
                ],
          );
        else set([[path, next === "" && !spec.required ? undefined : next]]);
      };
      return (
        <Select
          {...control}
          value={text}
          disabled={readOnly}
          onChange={(event) => choose(event.target.value)}
          options={spec.required && text !== "" ? options : [{ value: "", label: none }, ...options]}
        />
      );
    }
    default: {
      const offered = spec.kind === "model" ? modelsOf(connections, spec.suggestions) : spec.suggestions;
      return (
        <>
          <Input
            {...control}
            value={text}
            placeholder={placeholder}
            disabled={readOnly}
            list={offered?.length ? listId : undefined}
            onChange={(event) => write(event.target.value)}
          />
          {offered && offered.length > 0 && (
            <datalist id={listId}>
              {offered.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          )}
        </>
      );
    }
  }
}

/** The models that this server knows of: those of its connections first. */
function modelsOf(connections: readonly KnownConnection[], examples: readonly string[] = []): string[] {
  return [...new Set([...connections.flatMap(({ model }) => model ?? []), ...examples])];
}
