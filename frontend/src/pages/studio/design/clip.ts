import type { Linked } from "@/document/commands/links.ts";

type Remembered = Omit<Linked, "comments"> & Partial<Linked>;

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
  const found = remembered();
  // A page that was opened longer ago remembers no comments.
  return found?.text === text && found.linked
    ? { ...found.linked, comments: found.linked.comments ?? {} }
    : null;
}

function remembered(): { text?: string; linked?: Remembered | null } | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") as ReturnType<typeof remembered>;
  } catch {
    return null;
  }
}

/** What a menu pastes: the clipboard's text, or what was copied here last where the page may not read it. */
export async function readClip(): Promise<string | null> {
  try {
    // eslint-disable-next-line no-restricted-properties -- what follows is done without it
    return await navigator.clipboard.readText();
  } catch {
    return remembered()?.text ?? null;
  }
}
