import type { Linked } from "@/document/commands/links.ts";

const KEY = "cuelight.clip";

/** Remembers what a clipboard's text was joined to, for pasting with links, in other workflows too. */
export function keepClip(text: string, linked: Linked | null): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ text, linked }));
  } catch {
    // No room: the text alone is pasted.
  }
}

/** What was remembered for exactly this text. */
export function keptClip(text: string): Linked | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") as {
      text?: string;
      linked?: Linked | null;
    } | null;
    return found?.text === text ? (found.linked ?? null) : null;
  } catch {
    return null;
  }
}
