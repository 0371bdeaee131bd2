import { useEffect, useRef } from "react";

import { isDialogOpen, isTyping } from "@/ui/keys.ts";

/** A key as "Mod+Shift+z", and what it does. */
export type Shortcuts = Readonly<Record<string, () => void>>;

interface Keys {
  /** Wherever the focus is, as long as nothing is being typed. */
  anywhere: Shortcuts;
  /** While the focus is on the canvas, on its toolbar, or nowhere: elsewhere a letter is not meant for the graph. */
  onCanvas: Shortcuts;
}

/** The keys of the studio, out of force while something is being typed or a dialog is open. */
export function useShortcuts(shortcuts: Keys): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (isTyping(event.target) && !leaves(event)) || isDialogOpen()) return;
      const parts = [
        event.ctrlKey || event.metaKey ? "Mod" : "",
        event.shiftKey && event.key.length > 1 ? "Shift" : "",
        event.shiftKey && /^[a-z]$/i.test(event.key) ? "Shift" : "",
        event.altKey ? "Alt" : "",
      ];
      const key = [...parts.filter(Boolean), letterOf(event)].join("+");
      const { anywhere, onCanvas } = latest.current;
      const act = anywhere[key] ?? (isOnCanvas(event.target) ? onCanvas[key] : undefined);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

/** Esc leads from a field back to the canvas, unless it closes what hangs from the field. */
function leaves({ key, target }: KeyboardEvent): boolean {
  return key === "Escape" && target instanceof Element && target.getAttribute("aria-expanded") !== "true";
}

/** Whether keys go to the graph: the focus is on the canvas, on its toolbar, or nowhere. */
export function isOnCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return true;
  return target === document.body || target.closest("[role=application], [role=toolbar]") !== null;
}

/** The key without its case; where Alt makes another sign of a letter, as on a Mac, the letter. */
function letterOf({ key, code, altKey }: KeyboardEvent): string {
  if (altKey && key.length === 1 && !/[a-z]/i.test(key) && code.startsWith("Key"))
    return code.slice(3).toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}
