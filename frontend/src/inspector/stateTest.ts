import { asProblem } from "@/api/problem.ts";
import type { JsonObject, QueryLanguage } from "@/asl/types.ts";

/** A state as it is tested: alone, with the language that it has from its workflow. */
export function definitionAlone(state: JsonObject, language: QueryLanguage): string {
  return JSON.stringify({ QueryLanguage: language, ...state });
}

/** Why a test was not made, in a sentence; null where it was. */
export function refusal(error: unknown): string | null {
  if (!error) return null;
  const problem = asProblem(error);
  return problem.field("definition") ?? problem.field("mock") ?? problem.sentence;
}
