import { useOfferCommands, type Command } from "@/ui/commands.ts";
import type { Trials } from "./useTrials.ts";

/** Offers trials under "Go to anything"; null where this reader may not try the draft. */
export function useTrialCommands(trials: Trials | null): void {
  useOfferCommands(trials === null ? [] : commandsOf(trials));
}

function commandsOf(trials: Trials): Command[] {
  const { states, pinned } = trials;
  const [one] = states;
  return [
    ...(one !== undefined && states.length === 1
      ? [
          { label: `Run to “${one}”`, icon: "play" as const, keys: "T", onSelect: () => trials.runTo() },
          {
            label: `Run from “${one}”`,
            icon: "step-forward" as const,
            keys: "Shift T",
            onSelect: () => void trials.runFrom(),
          },
        ]
      : []),
    ...(states.length > 0
      ? [
          {
            label: "Pin the selection’s outputs of the last run",
            icon: "pin" as const,
            keys: "P",
            onSelect: () => void trials.pinLastRun(states),
          },
        ]
      : []),
    { label: "Pin all outputs of the last run", icon: "pin", onSelect: () => void trials.pinLastRun() },
    { label: "Choose outputs to pin", icon: "pin", onSelect: trials.choose },
    ...(pinned.size > 0
      ? [{ label: "Unpin all outputs", icon: "pin-off" as const, onSelect: () => trials.unpin() }]
      : []),
  ];
}
