import { useEffect, useRef } from "react";

/** Whether the keyboard is writing into something, so that single letters are text and not keys. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Whether a dialog or a question lies over the page: keys, and what is pasted, are not meant for what is below. */
export function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog],[role=alertdialog]") !== null;
}

/** Calls back on a key of the whole page: "/", "?", or "Mod+k" for Ctrl (Cmd on a Mac) and k. */
export function useKey(key: string, onPress: () => void): void {
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  useEffect(() => {
    const withMod = key.startsWith("Mod+");
    const wanted = withMod ? key.slice(4) : key;
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== wanted || event.altKey) return;
      if (withMod !== (event.ctrlKey || event.metaKey)) return;
      if (!withMod && (isTyping(event.target) || isDialogOpen())) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [key]);
}
