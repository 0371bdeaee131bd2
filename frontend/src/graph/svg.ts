export interface Face {
  readonly size: number;
  readonly weight: number;
}

type Value = string | number | undefined;

/** An element as text; what is inside is markup already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>>,
  inside: string | readonly (string | null | false)[] = "",
): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(String(value))}"`]))
    .join("");
  const body = typeof inside === "string" ? inside : inside.filter(Boolean).join("");
  return body === "" ? `<${name}${written}/>` : `<${name}${written}>${body}</${name}>`;
}

/** Words at a point, their baseline there. */
export function text(
  words: string,
  x: number,
  y: number,
  face: Face,
  fill: string,
  more: Readonly<Record<string, Value>> = {},
): string {
  return element(
    "text",
    { x, y, "font-size": face.size, "font-weight": face.weight, fill, ...more },
    escaped(words),
  );
}

/** The words cut to a width, with an ellipsis; a close guess, as there is nothing to measure with here. */
export function cut(words: string, { size, weight }: Face, room: number): string {
  const most = Math.floor(room / (size * (weight >= 600 ? 0.56 : 0.52)));
  return words.length <= most ? words : `${words.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

export function escaped(words: string): string {
  return (
    words
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // XML has no way to write these at all.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")
  );
}
