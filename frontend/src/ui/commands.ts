import { useEffect, useId, useRef } from "react";
import { create } from "zustand";
import type { IconName } from "./icons.tsx";

/** Something that can be done on the page that is open; found under "Go to anything" by its words. */
export interface Command {
  readonly label: string;
  readonly icon: IconName;
  /** Where it stands in the list: a state of what is open is found by its name alone. */
  readonly group?: "States";
  /** Key caps at the right. */
  readonly keys?: string;
  readonly onSelect: () => void;
}

const useOffered = create<Record<string, readonly Command[]>>(() => ({}));

/** What the page that is open offers. */
export function useCommands(): readonly Command[] {
  return Object.values(useOffered()).flat();
}

/** Offers these for as long as the caller stands; they are as they were made last. */
export function useOfferCommands(commands: readonly Command[]): void {
  const id = useId();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const words = JSON.stringify(commands.map(({ label, icon, keys, group }) => [label, icon, keys, group]));
  useEffect(() => {
    const offered = latest.current.map((command, at) => ({
      ...command,
      onSelect: () => latest.current[at]?.onSelect(),
    }));
    useOffered.setState({ [id]: offered });
    return () => useOffered.setState({ [id]: [] });
  }, [id, words]);
}
