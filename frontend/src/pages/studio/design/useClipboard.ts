import { useEffect, useRef } from "react";

import { isDialogOpen, isTyping } from "@/ui/keys.ts";

interface Clip {
  copy: () => string | null;
  cut: () => void;
  paste: (text: string) => unknown;
  /** Asked for with Shift held. */
  pasteWithLinks: (text: string) => void;
}

/** Copies, cuts and pastes states as plain JSON text, with the browser's own keys and menus. */
export function useClipboard(clip: Clip, active: boolean): void {
  const latest = useRef(clip);
  useEffect(() => {
    latest.current = clip;
  });
  useEffect(() => {
    if (!active) return;
    const elsewhere = (event: ClipboardEvent) =>
      isTyping(event.target) || Boolean(window.getSelection()?.toString()) || isDialogOpen();
    // The event of pasting does not say which keys asked for it.
    let shifted = false;
    const key = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "v") shifted = event.shiftKey;
    };
    const copy = (event: ClipboardEvent) => {
      if (elsewhere(event)) return;
      const text = latest.current.copy();
      if (text === null) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      if (event.type === "cut") latest.current.cut();
    };
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || isDialogOpen()) return;
      const text = event.clipboardData?.getData("text/plain");
      if (!text) return;
      event.preventDefault();
      if (shifted) latest.current.pasteWithLinks(text);
      else latest.current.paste(text);
      shifted = false;
    };
    document.addEventListener("keydown", key, true);
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("keydown", key, true);
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [active]);
}
