import { useSyncExternalStore } from "react";

/** Whether the window is narrower than so many pixels. */
export function useNarrow(pixels: number): boolean {
  return useSyncExternalStore(
    (tell) => {
      const query = window.matchMedia(`(max-width: ${pixels - 1}px)`);
      query.addEventListener("change", tell);
      return () => query.removeEventListener("change", tell);
    },
    () => window.matchMedia(`(max-width: ${pixels - 1}px)`).matches,
  );
}
