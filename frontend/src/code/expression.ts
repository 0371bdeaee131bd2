import type { Spot } from "@/code/notation.ts";

/** What is typed of an expression up to a place; null where none is. */
export function expressionAt(spot: Pick<Spot, "typed" | "field">, jsonata: boolean): string | null {
  const { typed, field } = spot;
  const open = typed.lastIndexOf("{%");
  if (open >= 0 && !typed.includes("%}", open)) return typed.slice(open + 2);
  if (jsonata || !/^(\$(?!\{)|States\.)/.test(typed)) return null;
  // Plain data may begin with the sign of a path; where the field says so, it is one.
  return field === null || /(\.\$|Path|Variable)$/.test(field) ? typed : null;
}
