import type { Json, Path } from "@/asl/types.ts";
import { useInspector } from "@/inspector/context.ts";
import { JsonInput, NumberInput, StringsInput } from "@/inspector/controls.tsx";
import { PairsInput } from "@/inspector/PairsInput.tsx";
import type { FieldSpec } from "@/inspector/spec.ts";
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
  const { set, states, connections, readOnly } = useInspector();
  const fallback =
    spec.fallback === undefined
      ? undefined
      : typeof spec.fallback === "string"
        ? spec.fallback
        : JSON.stringify(spec.fallback);
  const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  const write = (next: string) => set([[path, next === "" && !spec.required ? undefined : next]], true);
  switch (spec.kind) {
    case "long":
      return (
        <TextArea
          {...control}
          value={text}
          placeholder={fallback}
          disabled={readOnly}
          rows={Math.min(8, Math.max(2, text.split("\n").length))}
          onChange={(event) => write(event.target.value)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...control}
          value={value}
          placeholder={fallback}
          disabled={readOnly}
          after={spec.seconds ? "seconds" : undefined}
          onChange={(next) => set([[path, next]], true)}
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
      const options =
        spec.kind === "select"
          ? [...(spec.options ?? [])]
          : (spec.kind === "state" ? states : connections).map((each) => ({ value: each, label: each }));
      if (text !== "" && !options.some((option) => option.value === text))
        options.push({ value: text, label: text });
      const none =
        spec.kind === "state"
          ? "The end"
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
          options={[{ value: "", label: none }, ...options]}
        />
      );
    }
    default:
      return (
        <Input
          {...control}
          value={text}
          placeholder={fallback}
          disabled={readOnly}
          onChange={(event) => write(event.target.value)}
        />
      );
  }
}
