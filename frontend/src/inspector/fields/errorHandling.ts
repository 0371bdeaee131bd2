import { waitsInWords } from "@/asl/retryWords.ts";
import type { Json, JsonObject, QueryLanguage } from "@/asl/types.ts";
import { errorInWords, errorsInWords, KNOWN_ERRORS } from "@/asl/words.ts";
import { nextCaught } from "@/document/caught.ts";
import { COMMENT } from "@/inspector/fields/anyState.ts";
import { ASSIGN } from "@/inspector/fields/inputOutput.ts";
import { choice, type FieldSpec } from "@/inspector/spec.ts";

const ERRORS: FieldSpec = {
  key: "ErrorEquals",
  label: "Errors",
  kind: "tokens",
  item: "Error",
  plain: true,
  required: true,
  tokens: KNOWN_ERRORS.map((value) => ({ value, words: errorInWords(value) })),
  show: (value) => ({ text: errorInWords(value) }),
  hint: "By their names, or one of your own.",
};

export const RETRY: FieldSpec = {
  key: "Retry",
  label: "Retry",
  kind: "objects",
  plain: true,
  item: "Retrier",
  grow: (list) => withOneMore(list, { IntervalSeconds: 2 }),
  head: (retrier) => capital(errorsInWords(retrier)),
  foot: waitsInWords,
  // The line at the foot says what the numbers come to.
  fields: [
    ERRORS,
    { key: "MaxAttempts", label: "Attempts", kind: "number", fallback: 3, plain: true, hint: "" },
    { key: "BackoffRate", label: "Each wait times", kind: "number", fallback: 2, plain: true, hint: "" },
    {
      key: "IntervalSeconds",
      label: "First wait",
      kind: "number",
      seconds: true,
      fallback: 1,
      plain: true,
      hint: "",
    },
    { key: "MaxDelaySeconds", label: "Longest wait", kind: "number", seconds: true, plain: true, hint: "" },
    {
      ...choice("JitterStrategy", "Chance", {
        NONE: "None: wait as long as it says",
        FULL: "Full: any part of the wait",
      }),
      hint: "",
    },
    { ...COMMENT, advanced: true },
  ],
};

export function catchIn(language: QueryLanguage): FieldSpec {
  return {
    key: "Catch",
    label: "Catch",
    kind: "objects",
    plain: true,
    item: "Catcher",
    // Open, so that the canvas offers a place for what it leads to.
    grow: (list) => withOneMore(list, { Next: "" }),
    head: (catcher) => {
      const next = catcher["Next"];
      return capital(errorsInWords(catcher)) + (typeof next === "string" && next ? `, to ${next}` : "");
    },
    fields: [
      ERRORS,
      { key: "Next", label: "Go on with", kind: "state", plain: true, required: true },
      language === "JSONata"
        ? { key: "Output", label: "Output", kind: "json", hint: "Default: the error and its cause." }
        : { key: "ResultPath", label: "Put the error at", kind: "text", plain: true, fallback: "$" },
      { ...ASSIGN, advanced: true },
      { ...COMMENT, advanced: true },
    ],
  };
}

function withOneMore(list: readonly Json[], rest: JsonObject): Json[] {
  const { at, error } = nextCaught(list);
  return list.toSpliced(at, 0, { ErrorEquals: [error], ...rest });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
