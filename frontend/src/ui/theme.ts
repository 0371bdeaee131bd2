import { useState, useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

/* The same key stands in public/theme.js, which sets the theme before the first paint. */
const KEY = "cuelight.theme";

function stored(): Theme {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : "system";
  } catch {
    return "system";
  }
}

/** The chosen theme and the way to choose another; kept in this browser. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(stored);
  const choose = (next: Theme) => {
    setTheme(next);
    const root = document.documentElement;
    if (next === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = next;
    try {
      if (next === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, next);
    } catch {
      // A browser that keeps no storage keeps the choice until it is closed.
    }
  };
  return [theme, choose];
}

const DARK = "(prefers-color-scheme: dark)";

/** The theme that is seen: the chosen one, or the system's. */
export function shownTheme(): "light" | "dark" {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return window.matchMedia(DARK).matches ? "dark" : "light";
}

function watch(onChange: () => void): () => void {
  const system = window.matchMedia(DARK);
  const chosen = new MutationObserver(onChange);
  system.addEventListener("change", onChange);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", onChange);
    chosen.disconnect();
  };
}

/** The same as it changes: what is painted, and not styled, has to be painted anew. */
export function useShownTheme(): "light" | "dark" {
  return useSyncExternalStore(watch, shownTheme);
}
