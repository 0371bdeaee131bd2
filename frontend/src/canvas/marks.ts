import { createContext } from "react";

/** What a comparison says of a state, or that its output is pinned. */
export type Mark = "added" | "removed" | "changed" | "pinned";

/** The marks of a graph by the names of its states; empty where there are none. */
export const MarksContext = createContext<ReadonlyMap<string, Mark>>(new Map());
