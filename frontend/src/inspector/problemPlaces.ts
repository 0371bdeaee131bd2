import {
  createContext,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
  type Context,
} from "react";

import { valueAt, type JsonObject, type Path } from "@/asl/types.ts";
import type { FieldProblem, Messages } from "@/inspector/context.ts";

/** A problem at the place that shows it; `where` says where inside it the problem is, "" where it is the place itself. */
export interface PlacedProblem {
  readonly problem: FieldProblem;
  readonly where: string;
}

/**
 * Where the problems of a tab are shown. Law: each problem stands at exactly one place, the innermost around it that
 * is on the screen, so that none is counted and shown nowhere, and none is said twice.
 */
interface ProblemPlaces {
  /** Notes that places are on the screen; returns what takes them away again. */
  readonly enter: (keys: readonly string[]) => () => void;
  readonly found: ReadonlyMap<string, readonly PlacedProblem[]>;
}

export const ProblemPlacesContext: Context<ProblemPlaces | null> = createContext<ProblemPlaces | null>(null);

/** The places of a form and the problems at them, by what of the form is on the screen now. */
export function useProblemPlaces(problems: readonly FieldProblem[], state: JsonObject): ProblemPlaces {
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const enter = useCallback((keys: readonly string[]) => {
    setShown((before) => counted(before, keys, 1));
    return () => setShown((before) => counted(before, keys, -1));
  }, []);
  return useMemo(() => ({ enter, found: placed(problems, shown, state) }), [enter, problems, shown, state]);
}

/** What is wrong at a place, or inside it where nothing else shows it; the place is on the screen from now on. */
export function useProblemsAt(...paths: readonly Path[]): readonly PlacedProblem[] {
  const places = useContext(ProblemPlacesContext);
  if (!places) throw new Error("Problems stand in a form.");
  const { enter, found } = places;
  const joined = JSON.stringify([...new Set(paths.map(keyOf))]);
  // Before anything is painted, so that nothing is seen to move from one place to another.
  useLayoutEffect(() => enter(JSON.parse(joined) as string[]), [enter, joined]);
  return (JSON.parse(joined) as string[]).flatMap((key) => found.get(key) ?? []);
}

/** What is said at a place: an error, or a warning where there is none. */
export function useMessages(...paths: readonly Path[]): Messages {
  return messagesOf(useProblemsAt(...paths));
}

/** Each problem at the innermost of these places, by its key. */
export function placed(
  problems: readonly FieldProblem[],
  places: { has: (key: string) => boolean },
  state: JsonObject,
): ReadonlyMap<string, readonly PlacedProblem[]> {
  const found = new Map<string, PlacedProblem[]>();
  for (const problem of problems) {
    const field = missingField(problem, places) ?? problem.field;
    const length = innermost(field, places);
    if (length === null) continue;
    const key = keyOf(field.slice(0, length));
    found.set(key, [...(found.get(key) ?? []), { problem, where: whereIn(field, length, state) }]);
  }
  return found;
}

export function messagesOf(found: readonly PlacedProblem[]): Messages {
  const here = found.filter(({ where }) => where === "");
  const inside = found.filter(({ where }) => where !== "");
  const errors = [...here, ...inside].filter(({ problem }) => problem.severity === "ERROR");
  const warnings = [...here, ...inside].filter(({ problem }) => problem.severity === "WARNING");
  if (errors.length === 0) return { error: null, warning: joinedText(warnings) };
  // What else there is to say of the field itself waits until its error is mended; elsewhere nothing else would say it.
  const [worst] = errors;
  const beside = worst?.where === "" ? warnings.filter(({ where }) => where !== "") : warnings;
  return { error: joinedText([...errors, ...beside]), warning: null };
}

/** A problem in words, with where it is inside its place. */
export function inPlace({ problem, where }: PlacedProblem): string {
  return where === "" ? problem.message : `${where}: ${problem.message}`;
}

export function keyOf(path: Path | readonly string[]): string {
  return JSON.stringify(path.map(String));
}

/** So many are said in full; more would push the form away. */
const SAID = 3;

function joinedText(found: readonly PlacedProblem[]): string | null {
  if (found.length === 0) return null;
  // Two that say the same are read as one.
  const all = [...new Set(found.map(inPlace))];
  const said = all.slice(0, SAID);
  const more = all.length - said.length;
  return [...said, ...(more > 0 ? [`and ${more} more`] : [])]
    .map((each, index, parts) => (index < parts.length - 1 ? each.replace(/\.$/, "") : each))
    .join("; ");
}

function innermost(field: readonly string[], places: { has: (key: string) => boolean }): number | null {
  for (let length = field.length; length >= 0; length--)
    if (places.has(keyOf(field.slice(0, length)))) return length;
  return null;
}

/** The field that an object lacks, where it has a place to be filled in at: the service complains of the object. */
function missingField(
  { field, message }: FieldProblem,
  places: { has: (key: string) => boolean },
): readonly string[] | null {
  const names = /^These fields are required: \[(.+?)\]/.exec(message)?.[1]?.split(", ") ?? [];
  const wanted = names.map((name) => [...field, name]);
  return wanted.find((each) => places.has(keyOf(each))) ?? null;
}

/** Where a problem is inside its place: "at a", "item 2, Label". */
function whereIn(field: readonly string[], length: number, state: JsonObject): string {
  const steps = field.slice(length).map((step, index) => {
    const isItem = Array.isArray(valueAt(state, field.slice(0, length + index)));
    return isItem && /^\d+$/.test(step) ? `item ${Number(step) + 1}` : index === 0 ? `at ${step}` : step;
  });
  return steps.join(", ");
}

function counted(
  before: ReadonlyMap<string, number>,
  keys: readonly string[],
  by: number,
): ReadonlyMap<string, number> {
  const after = new Map(before);
  for (const key of keys) {
    const count = (after.get(key) ?? 0) + by;
    if (count > 0) after.set(key, count);
    else after.delete(key);
  }
  return after;
}
