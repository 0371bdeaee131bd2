import type { Approval } from "@/api/types.ts";
import { pretty } from "@/ui/json.ts";

export interface Answer {
  value: string;
  /** Small, above: the answer's name, where the question gives it content of its own. */
  heading: string;
  what: string;
  /** What happens next. */
  then: string;
}

export interface Fold {
  title: string;
  text: string;
  /** JSON, shown in the mono face. */
  data: boolean;
  open: boolean;
}

export interface Presented {
  answers: Answer[];
  /** Short things worth knowing, in a list. */
  facts: [name: string, value: string][];
  /** Longer ones, opened to be read. */
  folds: Fold[];
}

/** Whether somebody is among those who were asked; an administrator may decide what others were asked too. */
export function isAsked({ recipients }: Pick<Approval, "recipients">, email: string): boolean {
  return email !== "" && recipients.some(({ address }) => address.toLowerCase() === email.toLowerCase());
}

const LONG = 100;
const SHORT_TEXT = 280;

/** An approval arranged as the review page arranges it: what belongs to an answer stands on its card. */
export function present({ choices, details }: Pick<Approval, "choices" | "details">): Presented {
  const rest = new Map(isRecord(details) ? Object.entries(details) : []);
  const answers = choices.map(({ value, label, description, content }): Answer => {
    const key = [...rest.keys()].find((name) => same(name, label) || same(name, value));
    const own = key === undefined ? undefined : rest.get(key);
    const found = content || (typeof own === "string" || typeof own === "number" ? String(own) : "");
    if (found && !content && key !== undefined) rest.delete(key);
    const then = description ?? "";
    // A description that only repeats the content says nothing about what comes next.
    return { value, heading: found ? label : "", what: found || label, then: then === found ? "" : then };
  });
  return isRecord(details) ? { answers, ...arrange(rest) } : { answers, facts: [], folds: about(details) };
}

function arrange(rest: ReadonlyMap<string, unknown>): Pick<Presented, "facts" | "folds"> {
  const facts: Presented["facts"] = [];
  const folds: Fold[] = [];
  for (const [title, value] of rest) {
    const text = said(value);
    const data = typeof value === "object" && value !== null;
    if (data || text.length > LONG || text.includes("\n")) folds.push({ title, text, data, open: false });
    else facts.push([title, text]);
  }
  return { facts, folds };
}

function about(details: unknown): Fold[] {
  if (details == null || details === "" || (Array.isArray(details) && details.length === 0)) return [];
  const text = said(details);
  const data = typeof details !== "string";
  return [{ title: "What this is about", text, data, open: !data && text.length <= SHORT_TEXT }];
}

function said(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null) return "nothing";
  return typeof value === "number" ? String(value) : pretty(value);
}

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
