export type Token = readonly [kind: "key" | "string" | "number" | "keyword" | "plain", text: string];

const pattern =
  /("(?:\\.|[^"\\])*")(\s*:)?|(?<!\w)(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\b|\b(true|false|null)\b/g;

/** Cuts JSON text into coloured pieces; joined they are the text again, valid or not. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) found.push(["plain", text.slice(end, match.index)]);
    const [whole, quoted, colon, number] = match;
    if (quoted !== undefined) {
      found.push([colon === undefined ? "string" : "key", quoted]);
      if (colon !== undefined) found.push(["plain", colon]);
    } else found.push([number === undefined ? "keyword" : "number", whole]);
    end = match.index + whole.length;
  }
  if (end < text.length) found.push(["plain", text.slice(end)]);
  return found;
}

/** A value as indented JSON; text that is JSON is indented, other text stays as it is. */
export function pretty(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value, null, 2) ?? "";
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
