import { useEffect, useRef } from "react";

import { isTyping } from "@/ui/keys.ts";

/** A key as "Mod+Shift+z", and what it does. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** The keys of a page, out of force while something is being typed or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts, active: boolean): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        isTyping(event.target) ||
        document.querySelector("[role=dialog],[role=alertdialog]")
      )
        return;
      const parts = [
        event.ctrlKey || event.metaKey ? "Mod" : "",
        event.shiftKey && event.key.length > 1 ? "Shift" : "",
        event.shiftKey && /^[a-z]$/i.test(event.key) ? "Shift" : "",
        event.altKey ? "Alt" : "",
      ];
      const key = [
        ...parts.filter(Boolean),
        event.key.length === 1 ? event.key.toLowerCase() : event.key,
      ].join("+");
      const act = latest.current[key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [active]);
}
