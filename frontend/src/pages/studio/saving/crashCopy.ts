import { readLayout, type Layout } from "@/document/document.ts";

/** Unsaved work, kept in this browser until the server has it. */
export interface CrashCopy {
  readonly text: string;
  readonly layout: Layout;
  /** YAML that cannot be read yet: no server has it. */
  readonly yaml?: string;
  /** The draft revision it was made from. */
  readonly revision: number;
}

const key = (id: string) => `cuelight.unsaved.${id}`;

export function readCrashCopy(id: string): CrashCopy | null {
  try {
    const found = JSON.parse(localStorage.getItem(key(id)) ?? "null") as Partial<CrashCopy> | null;
    if (typeof found?.text !== "string" || typeof found.revision !== "number") return null;
    const copy = { text: found.text, layout: readLayout(found.layout), revision: found.revision };
    return typeof found.yaml === "string" ? { ...copy, yaml: found.yaml } : copy;
  } catch {
    return null;
  }
}

export function writeCrashCopy(id: string, copy: CrashCopy): void {
  try {
    localStorage.setItem(key(id), JSON.stringify(copy));
  } catch {
    // No room or no storage: the draft on the server is then the only copy.
  }
}

export function dropCrashCopy(id: string): void {
  try {
    localStorage.removeItem(key(id));
  } catch {
    // Nothing was kept.
  }
}
