import { useKept } from "@/ui/useKept.ts";

/** How large the minimap is, in pixels. */
export const MINIMAP = { width: 150, height: 140 };

/** Whether the minimap is shown, and what shows or hides it; remembered by this browser under the given key. */
export function useMinimap(key: string, atFirst: boolean): [shown: boolean, toggle: () => void] {
  const [kept, keep] = useKept<"shown" | "hidden">(key, atFirst ? "shown" : "hidden");
  const shown = kept !== "hidden";
  return [shown, () => keep(shown ? "hidden" : "shown")];
}
