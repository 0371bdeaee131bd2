import { calledBy, callPatternOf } from "@/asl/callPattern.ts";
import { useInspector } from "@/inspector/context.ts";
import { Field } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";

const PATTERNS: readonly (readonly [suffix: string, label: string, hint: string])[] = [
  ["", "Goes on with the answer", "Request and response: the state ends when the call is answered."],
  [".sync:2", "Waits for the end", "It asks until the job has ended; its output is JSON."],
  [
    ".sync",
    "Waits for the end, output as text",
    "It asks until the job has ended; its output is a text of JSON.",
  ],
  [
    ".waitForTaskToken",
    "Waits for a callback",
    "Somebody answers with the task token: hand it on in the arguments.",
  ],
];

/** How a Task state waits for what it calls; the suffix of its Resource. */
export function CallPattern({ suffixes }: { suffixes: readonly string[] }) {
  const { state, set, language, readOnly } = useInspector();
  const resource = typeof state["Resource"] === "string" ? state["Resource"] : "";
  const held = callPatternOf(resource);
  const offered = PATTERNS.filter(([suffix]) => suffixes.includes(suffix) || suffix === held);
  if (offered.length < 2) return null;
  const onlySync = !offered.some(([suffix]) => suffix === ".sync:2");
  const token = language === "JSONata" ? "{% $states.context.Task.Token %}" : "$$.Task.Token";
  const hint = offered.find(([suffix]) => suffix === held)?.[2];
  return (
    <Field label="Call" hint={held === ".waitForTaskToken" ? `${hint ?? ""} ${token}` : hint} tight>
      {(control) => (
        <Select
          {...control}
          value={held}
          disabled={readOnly}
          options={offered.map(([suffix, label]) => ({
            value: suffix,
            label: suffix === ".sync" && onlySync ? "Waits for the end" : label,
          }))}
          onChange={(event) => set([[["Resource"], `${calledBy(resource)}${event.target.value}`]])}
        />
      )}
    </Field>
  );
}
