import { isExpression } from "@/asl/words.ts";
import type { Json, JsonObject, QueryLanguage } from "@/asl/types.ts";
import { useInspector } from "@/inspector/context.ts";
import { FieldView } from "@/inspector/FieldView.tsx";
import type { FieldSpec } from "@/inspector/spec.ts";
import { Field } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";

type Kind = "seconds" | "secondsFrom" | "moment" | "momentFrom";

const KINDS: readonly { value: Kind; label: string }[] = [
  { value: "seconds", label: "For a time that is given here" },
  { value: "secondsFrom", label: "For a time from the data" },
  { value: "moment", label: "Until a moment that is given here" },
  { value: "momentFrom", label: "Until a moment from the data" },
];

const KEYS = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];

/** How long a Wait state waits: for a time or until a moment, given here or found in the data. */
export function WaitForm() {
  const { state, set, language, readOnly } = useInspector();
  const kind = kindOf(state);
  const timed = kind === "seconds" || kind === "secondsFrom";
  const moment = state["Timestamp"];
  return (
    <>
      <Field label="Waits" tight>
        {(control) => (
          <Select
            {...control}
            value={kind}
            disabled={readOnly}
            options={KINDS}
            onChange={(event) => {
              const [key, value] = startOf(event.target.value as Kind, language);
              set([
                ...KEYS.filter((each) => each !== key).map((each) => [[each], undefined] as const),
                [[key], value],
              ]);
            }}
          />
        )}
      </Field>
      <FieldView
        spec={
          timed
            ? SECONDS
            : { ...TIMESTAMP, hint: typeof moment === "string" ? hereIs(moment) : TIMESTAMP.hint }
        }
        at={[]}
      />
    </>
  );
}

// The list above says which kind it is: a switch beside the field would say it twice.
const SECONDS: FieldSpec = {
  key: "Seconds",
  label: "For",
  kind: "number",
  seconds: true,
  pathKey: "SecondsPath",
  required: true,
  settled: true,
};
const TIMESTAMP: FieldSpec = {
  key: "Timestamp",
  label: "Until",
  kind: "text",
  pathKey: "TimestampPath",
  required: true,
  settled: true,
  hint: "As 2026-11-21T09:00:00Z.",
};

function kindOf(state: JsonObject): Kind {
  const computed = (value: Json | undefined) => isExpression(value);
  if ("TimestampPath" in state) return "momentFrom";
  if ("Timestamp" in state) return computed(state["Timestamp"]) ? "momentFrom" : "moment";
  return "SecondsPath" in state || computed(state["Seconds"]) ? "secondsFrom" : "seconds";
}

function startOf(kind: Kind, language: QueryLanguage): [key: string, value: Json] {
  const jsonata = language === "JSONata";
  switch (kind) {
    case "seconds":
      return ["Seconds", 10];
    case "secondsFrom":
      return jsonata ? ["Seconds", "{% $states.input.seconds %}"] : ["SecondsPath", "$.seconds"];
    case "moment":
      return ["Timestamp", "2027-01-01T09:00:00Z"];
    case "momentFrom":
      return jsonata ? ["Timestamp", "{% $states.input.at %}"] : ["TimestampPath", "$.at"];
  }
}

/** The moment as a clock here says it. */
function hereIs(moment: string): string | undefined {
  const time = Date.parse(moment);
  if (Number.isNaN(time)) return TIMESTAMP.hint;
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" }).format(time);
  return `${words}, by the clock here.`;
}
