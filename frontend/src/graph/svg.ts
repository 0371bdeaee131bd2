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

/** The words cut to a width, with an ellipsis. */
export function cut(words: string, face: Face, room: number): string {
  if (widthOf(words, face) <= room) return words;
  const letters = [...words];
  while (letters.length > 1 && widthOf(letters.join(""), face) + face.size > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

const NARROW = /[iljtfrI.,:;'|!()[\]/ ]/;
const WIDE = /[mwMW@%]/;

/** How wide words are, rather too much than too little: there is nothing to measure with here. */
function widthOf(words: string, { size, weight }: Face): number {
  const shares = [...words].map((letter) =>
    NARROW.test(letter) ? 0.36 : WIDE.test(letter) ? 0.92 : /[a-z]/.test(letter) ? 0.59 : 0.7,
  );
  return shares.reduce((sum, each) => sum + each, 0) * size * (weight >= 600 ? 1.04 : 1);
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
