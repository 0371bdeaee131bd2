import type { QueryLanguage } from "@/asl/types.ts";
import { INTRINSICS, JSONATA_FUNCTIONS } from "@/asl/expressionWords.ts";

/** What an expression may see, as it was in the last run; what is not known is absent. */
export interface Seen {
  readonly input?: unknown;
  readonly result?: unknown;
  readonly error_output?: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
}

export interface Suggestion {
  readonly label: string;
  /** What it is: a value as it was in the last run, or what a function gives. */
  readonly detail: string;
  /** What is written instead of what was typed. */
  readonly apply: string;
  /** How far from the end of what is written the caret stands then. */
  readonly back?: number;
}

export interface Suggestions {
  readonly from: number;
  readonly items: readonly Suggestion[];
}

const MOST = 40;

/** What can be written at the caret: fields seen in the last run, variables, functions. */
export function suggestionsAt(
  text: string,
  caret: number,
  language: QueryLanguage,
  sample: Seen | null,
  variables: readonly string[],
): Suggestions | null {
  const before = text.slice(0, caret);
  return language === "JSONata" ? jsonata(before, sample, variables) : jsonpath(before, sample, variables);
}

function jsonata(before: string, sample: Seen | null, variables: readonly string[]): Suggestions | null {
  const path = /\$([A-Za-z_]\w*)((?:\.\w+|\[\d+\])*)\.(\w*)$/.exec(before);
  if (path) {
    const [, name = "", steps = "", typed = ""] = path;
    const from = before.length - typed.length;
    if (name === "states" && steps === "") {
      const parts: [string, string][] = [
        ["input", told(sample?.input) || "what the state is given"],
        ["result", told(sample?.result) || "what its work gave"],
        ["context", "the execution, the state, the item"],
        ["errorOutput", "the error and its cause, in a Catch"],
      ];
      return among(
        from,
        typed,
        parts.map(([label, detail]) => ({ label, detail, apply: label })),
      );
    }
    const root = name === "states" ? statesOf(sample) : sample?.variables[name];
    return fields(from, typed, at(root, steps));
  }
  const word = /\$(\w*)$/.exec(before);
  if (!word) return null;
  const typed = word[1] ?? "";
  return among(before.length - typed.length - 1, typed, [
    { label: "$states", detail: "input, result, context", apply: "$states." },
    ...variableItems(sample, variables),
    ...JSONATA_FUNCTIONS.map(([name, call, gives]) => ({
      label: `$${name}`,
      detail: `${call}: ${gives}`,
      apply: `$${name}()`,
      back: call.endsWith("()") ? 0 : 1,
    })),
  ]);
}

function jsonpath(before: string, sample: Seen | null, variables: readonly string[]): Suggestions | null {
  const intrinsic = /\bStates\.(\w*)$/.exec(before);
  if (intrinsic) {
    const typed = intrinsic[1] ?? "";
    return among(
      before.length - typed.length,
      typed,
      INTRINSICS.map(([name, call, gives]) => ({
        label: name,
        detail: `${call}: ${gives}`,
        apply: `${name}()`,
        back: call.endsWith("()") ? 0 : 1,
      })),
    );
  }
  const path = /(\$\$|\$(?:[A-Za-z_]\w*)?)((?:\.\w+|\[\d+\])*)\.(\w*)$/.exec(before);
  if (path) {
    const [, source = "", steps = "", typed = ""] = path;
    const root =
      source === "$$" ? sample?.context : source === "$" ? sample?.input : sample?.variables[source.slice(1)];
    return fields(before.length - typed.length, typed, at(root, steps));
  }
  const word = /(?:^|[\s,(])(\$?\w*)$/.exec(before);
  if (!word) return null;
  const typed = word[1] ?? "";
  return among(before.length - typed.length, typed, [
    { label: "$.", detail: "the input", apply: "$." },
    { label: "$$.", detail: "the Context Object", apply: "$$." },
    ...variableItems(sample, variables),
    { label: "States.", detail: "an intrinsic function", apply: "States." },
  ]);
}

function variableItems(sample: Seen | null, variables: readonly string[]): Suggestion[] {
  const names = [...new Set([...Object.keys(sample?.variables ?? {}), ...variables])].sort();
  return names.map((name) => ({
    label: `$${name}`,
    detail: told(sample?.variables[name]) || "a variable",
    apply: `$${name}`,
  }));
}

function statesOf(sample: Seen | null): Record<string, unknown> {
  return {
    input: sample?.input,
    result: sample?.result,
    context: sample?.context,
    errorOutput: sample?.error_output ?? { Error: "", Cause: "" },
  };
}

function at(root: unknown, steps: string): unknown {
  let value = root;
  for (const [, name, index] of steps.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[name ?? index ?? ""];
  }
  return value;
}

function fields(from: number, typed: string, value: unknown): Suggestions | null {
  // A list gives the fields of its items, as JSONata reads through it.
  const holder = Array.isArray(value) ? value[0] : value;
  if (typeof holder !== "object" || holder === null) return null;
  return among(
    from,
    typed,
    Object.entries(holder as Record<string, unknown>)
      .filter(([name]) => /^\w+$/.test(name))
      .map(([name, held]) => ({ label: name, detail: told(held), apply: name })),
  );
}

function among(from: number, typed: string, items: readonly Suggestion[]): Suggestions | null {
  const wanted = typed.toLowerCase().replace(/^\$/, "");
  const plain = (label: string) => label.toLowerCase().replace(/^\$/, "");
  const begin = items.filter(({ label }) => plain(label).startsWith(wanted));
  const hold = items.filter(({ label }) => !plain(label).startsWith(wanted) && plain(label).includes(wanted));
  const found = [...begin, ...(wanted.length > 1 ? hold : [])].slice(0, MOST);
  if (found.length === 0 || (found.length === 1 && found[0]?.apply === typed)) return null;
  return { from, items: found };
}

/** A value in a few characters. */
function told(value: unknown): string {
  if (value === undefined) return "";
  const text = JSON.stringify(value) ?? "";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
