import type { CanvasAct } from "../design/CanvasMenu.tsx";
import type { Nesting } from "./useNesting.ts";

/** What the canvas's menu offers for states that move to a workflow of their own, or come back from one. */
export function nestingItems(nesting: Nesting): CanvasAct[] {
  const acts: CanvasAct[] = [];
  if (nesting.count > 0)
    acts.push({
      label: "Extract to a workflow…",
      icon: "workflow",
      keys: "X",
      onSelect: nesting.extract,
      leads: true,
    });
  if (nesting.starts)
    acts.push({
      label: "Bring its states here",
      icon: "file-input",
      keys: "Shift X",
      onSelect: () => void nesting.bringIn(),
    });
  return acts;
}
