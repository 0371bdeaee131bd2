import { createContext } from "react";

import type { Point } from "@/document/document.ts";
import type { Landing } from "@/graph/places.ts";

/** What the editor adds to the canvas. Without it, the canvas only shows. */
export interface Editing {
  /** The "+" of an edge or free place was pressed; the point is on the screen. */
  readonly onAdd: (landing: Landing, at: Point) => void;
  /** Null, or why these two may not be joined. */
  readonly mayConnect: (from: string, to: string, how: "next" | "catch") => string | null;
  readonly onConnect: (from: string, to: string, how: "next" | "catch") => void;
  /** Nodes were put somewhere by hand. */
  readonly onPlace: (places: Readonly<Record<string, Point>>) => void;
  /** A node was dropped on an edge or into a branch. */
  readonly onMove: (id: string, landing: Landing) => void;
  /** Null, or why the node may not go there. */
  readonly mayMove: (id: string, landing: Landing) => string | null;
  readonly onAddBranch: (id: string) => void;
  readonly onSelectEdge: (edge: string | null) => void;
  readonly selectedEdge: string | null;
  /** Where what is dragged from the palette would land. */
  readonly landing: Landing | null;
  /** The states that a problem names, by severity. */
  readonly problems: ReadonlyMap<string, "ERROR" | "WARNING">;
}

export const EditingContext = createContext<Editing | null>(null);
