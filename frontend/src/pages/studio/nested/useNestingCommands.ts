import { useOfferCommands } from "@/ui/commands.ts";
import type { Nesting } from "./useNesting.ts";

/** Offers both under "Go to anything"; null where nothing may be edited. */
export function useNestingCommands(nesting: Nesting | null): void {
  useOfferCommands(
    nesting === null || nesting.count === 0
      ? []
      : [
          {
            label: "Extract the selection to a workflow",
            icon: "workflow",
            keys: "X",
            onSelect: nesting.extract,
          },
          ...(nesting.starts
            ? [
                {
                  label: "Bring the states of the started workflow here",
                  icon: "file-input" as const,
                  keys: "Shift X",
                  onSelect: () => void nesting.bringIn(),
                },
              ]
            : []),
        ],
  );
}
