import { createContext } from "react";

/** What a comparison says of a state. */
export type Mark = "added" | "removed" | "changed";

/** The marks of a graph by the names of its states; empty where nothing is compared. */
export const MarksContext = createContext<ReadonlyMap<string, Mark>>(new Map());
