import { useState } from "react";

/** Whether the minimap is shown, and what shows or hides it; remembered by this browser under the given key. */
export function useMinimap(key: string, atFirst: boolean): [shown: boolean, toggle: () => void] {
  const [shown, setShown] = useState(() => {
    const kept = localStorage.getItem(key);
    return kept === null ? atFirst : kept !== "hidden";
  });
  return [
    shown,
    () => {
      localStorage.setItem(key, shown ? "hidden" : "shown");
      setShown(!shown);
    },
  ];
}
