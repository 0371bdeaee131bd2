import type { CanvasAct } from "../design/CanvasMenu.tsx";
import type { Trials } from "./useTrials.ts";

/** What the canvas's menu offers for trials: runs of a part of the draft, and outputs that are pinned. */
export function trialItems(trials: Trials): CanvasAct[][] {
  const { states, pinned } = trials;
  const one = states.length === 1;
  const able = states.filter(trials.mayPin);
  const some = able.filter((name) => pinned.has(name));
  const pins: CanvasAct[] = [];
  if (able.length > 0 && some.length < able.length)
    pins.push({
      label: able.length === 1 ? "Pin its output of the last run" : "Pin their outputs of the last run",
      icon: "pin",
      keys: "P",
      onSelect: () => void trials.pinLastRun(able),
    });
  if (some.length > 0)
    pins.push({
      label: some.length === 1 ? "Unpin its output" : `Unpin these ${some.length} outputs`,
      icon: "pin-off",
      ...(some.length === able.length ? { keys: "P" } : {}),
      onSelect: () => trials.unpin(some),
    });
  if (states.length === 0)
    pins.push(
      { label: "Pin all outputs of the last run", icon: "pin", onSelect: () => void trials.pinLastRun() },
      { label: "Choose outputs to pin", icon: "pin", onSelect: trials.choose, leads: true },
      {
        label: "Unpin all",
        icon: "pin-off",
        disabled: pinned.size === 0,
        onSelect: () => trials.unpin(),
      },
    );
  const runs: CanvasAct[] = [
    { label: "Run to here", icon: "play", keys: "T", onSelect: () => trials.runTo(), leads: true },
    {
      label: "Run from here…",
      icon: "step-forward",
      keys: "Shift T",
      onSelect: () => void trials.runFrom(),
      leads: true,
    },
  ];
  return [one ? runs : [], pins];
}
