import type { Holder } from "@/code/aslSchema.ts";

/** Where a place of a text lies, read tolerantly: the text may be broken. */
export interface Place {
  readonly holder: Holder;
  /** The text of the object around the place. */
  readonly siblings: string;
  /** The text of the state around it; empty outside of states. */
  readonly state: string;
}

interface Open {
  readonly key: string;
  readonly start: number;
  readonly object: boolean;
}

/** The keys that lead to a place, with the type of the state and the language of its expressions. */
export function placeAt(text: string, offset: number): Place {
  const stack: Open[] = [];
  let key = "";
  for (const match of text.slice(0, offset).matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g)) {
    const [token, string, colon] = match;
    if (string !== undefined) {
      if (colon !== undefined) key = string;
    } else if (token === "{" || token === "[") {
      const above = stack.at(-1);
      stack.push({
        key: key || (above && !above.object ? above.key : ""),
        start: match.index,
        object: token === "{",
      });
      key = "";
    } else stack.pop();
  }
  const keys = stack.map((each) => each.key);
  let state = "";
  for (let index = stack.length - 1; index > 0 && state === ""; index--)
    if (keys[index - 1] === "States" && stack[index]?.object)
      state = objectFrom(text, stack[index]?.start ?? 0);
  const own = /"QueryLanguage"\s*:\s*"(\w+)"/.exec(withoutInside(state))?.[1];
  const whole = /"QueryLanguage"\s*:\s*"(\w+)"/.exec(
    text.slice(0, text.search(/"States"\s*:/) + 1 || undefined),
  )?.[1];
  return {
    holder: {
      keys: keys.filter((each) => each !== ""),
      type: /"Type"\s*:\s*"(\w+)"/.exec(withoutInside(state))?.[1] ?? null,
      jsonata: (own ?? whole) === "JSONata",
    },
    siblings: objectFrom(text, stack.at(-1)?.start ?? 0),
    state,
  };
}

/** The text from a bracket to its partner, or to the end where it has none; marks in strings do not count. */
function objectFrom(text: string, start: number): string {
  let depth = 0;
  for (const match of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (match[0] === "{" || match[0] === "[") depth++;
    else if ((match[0] === "}" || match[0] === "]") && --depth === 0)
      return text.slice(start, start + match.index + 1);
  }
  return text.slice(start);
}

/** A state's text without the states inside it, whose types are not its own. */
function withoutInside(state: string): string {
  const inside = state.search(/"(?:Branches|ItemProcessor|Iterator)"\s*:/);
  if (inside < 0) return state;
  const open = state.slice(inside).search(/[{[]/);
  const held = objectFrom(state, inside + open);
  return state.slice(0, inside) + state.slice(inside + open + held.length);
}

/** The keys that an object's own text has, not those of objects inside it. */
export function keysOf(object: string): Set<string> {
  const keys = new Set<string>();
  let depth = 0;
  for (const [token, string, colon] of object.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g)) {
    if (string !== undefined) {
      if (colon !== undefined && depth === 1) keys.add(string);
    } else depth += token === "{" || token === "[" ? 1 : -1;
  }
  return keys;
}
