import { createContext } from "react";

import type { PlacedGraph } from "@/graph/layout.ts";

export interface CanvasGraph {
  readonly graph: PlacedGraph;
  /** The edge under the pointer. */
  readonly hover: string | null;
  readonly setHover: (edge: string | null) => void;
}

export const GraphContext = createContext<CanvasGraph | null>(null);
