import { useState } from "react";

/** Which columns of the table of states are shown; name and status always are. */
export interface Columns {
  type: boolean;
  after: boolean;
  duration: boolean;
  timeline: boolean;
}

export type StateFilter = "all" | "open" | "bad" | "entered";

const KEY = "cuelight.execution.columns";
const first: Columns = { type: false, after: true, duration: true, timeline: true };

/** The columns as this reader left them. */
export function useColumns(): [Columns, (columns: Columns) => void] {
  const [columns, setColumns] = useState(remembered);
  const change = (next: Columns) => {
    setColumns(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing still shows the table.
    }
  };
  return [columns, change];
}

function remembered(): Columns {
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Columns>) };
  } catch {
    return first;
  }
}
