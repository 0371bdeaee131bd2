/** One of two things that are compared: a version by its number, or the draft as it stands in this window. */
export type Side = number | "draft";

/** Reads a side from the address; what is none of them is null. */
export function readSide(text: string | null): Side | null {
  if (text === "draft") return "draft";
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

export function sideInWords(side: Side): string {
  return side === "draft" ? "Draft" : `Version ${side}`;
}
