import type { QueryLanguage } from "@/asl/types.ts";

export type TokenKind = "string" | "variable" | "number" | "function" | "keyword" | "plain";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const JSONATA: readonly (readonly [TokenKind, RegExp])[] = [
  ["plain", /\/\*[\s\S]*?(?:\*\/|$)/y],
  ["string", /"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)/y],
  ["function", /\$[A-Za-z_]\w*(?=\s*\()|\bfunction\b/y],
  ["variable", /\${1,2}(?:[A-Za-z_]\w*)?(?:\.(?:\w+|`[^`]*`))*/y],
  ["keyword", /\b(?:and|or|in|true|false|null)\b/y],
  ["number", /\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/y],
  ["plain", /\w+|\s+|[^\w\s]/y],
];
const JSONPATH: readonly (readonly [TokenKind, RegExp])[] = [
  ["string", /"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)/y],
  ["function", /States\.\w+(?=\s*\()/y],
  ["variable", /\${1,2}[\w.]*/y],
  ["number", /\b\d+(?:\.\d+)?\b/y],
  ["plain", /\w+|\s+|[^\w\s]/y],
];

/** The parts of an expression by what they are, for colouring; together they are its text, letter for letter. */
export function tokensOf(text: string, language: QueryLanguage): Token[] {
  const rules = language === "JSONata" ? JSONATA : JSONPATH;
  const found: Token[] = [];
  for (let at = 0; at < text.length;) {
    const token = next(text, at, rules);
    const last = found.at(-1);
    if (last && last.kind === token.kind) found[found.length - 1] = { ...last, text: last.text + token.text };
    else found.push(token);
    at += token.text.length;
  }
  return found;
}

function next(text: string, at: number, rules: readonly (readonly [TokenKind, RegExp])[]): Token {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match && match[0] !== "") return { kind, text: match[0] };
  }
  return { kind: "plain", text: text.charAt(at) };
}
