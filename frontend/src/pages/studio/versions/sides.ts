/**
 * One of two things that are compared: a version by its number, the draft as it stands in this window, or
 * the draft as it stands on the server.
 */
export type Side = number | "draft" | "saved";

/** Reads a side from the address; what is none of them is null. */
export function readSide(text: string | null): Side | null {
  if (text === "draft" || text === "saved") return text;
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

export function sideInWords(side: Side): string {
  if (side === "saved") return "Saved draft";
  return side === "draft" ? "Draft" : `Version ${side}`;
}
