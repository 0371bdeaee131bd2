import { createContext } from "react";

import type { Note, Point } from "@/document/document.ts";
import type { Landing } from "@/graph/places.ts";

/** What the editor adds to the canvas. Without it, the canvas only shows. */
export interface Editing extends Acting {
  readonly selectedEdge: string | null;
  /** Where what is dragged from the palette would land. */
  readonly landing: Landing | null;
  /** The states that a problem names, by severity. */
  readonly problems: ReadonlyMap<string, "ERROR" | "WARNING">;
}

/** What can be done on the canvas. */
export interface Acting {
  /** The "+" of an edge or free place was pressed; the point is on the screen. */
  readonly onAdd: (landing: Landing, at: Point) => void;
  /** Null, or why these two may not be joined. */
  readonly mayConnect: (from: string, to: string, how: "next" | "catch") => string | null;
  readonly onConnect: (from: string, to: string, how: "next" | "catch") => void;
  /** Nodes and notes were put somewhere by hand: the points are on the canvas. A step of the arrow keys is one of several. */
  readonly onPlace: (places: Readonly<Record<string, Point>>, step: boolean) => void;
  /** A node was dropped on an edge or into a branch; with `branch`, what only it leads to comes along. */
  readonly onMove: (id: string, landing: Landing, branch: boolean) => void;
  /** Null, or why the node may not go there. */
  readonly mayMove: (id: string, landing: Landing, branch: boolean) => string | null;
  /** The node and what only it leads to. */
  readonly branchOf: (id: string) => readonly string[];
  readonly onAddBranch: (id: string) => void;
  readonly onFold: (id: string, folded: boolean) => void;
  readonly onChangeNote: (id: string, change: Partial<Omit<Note, "id">>) => void;
  readonly onSelectEdge: (edge: string | null) => void;
}

/** The same object for as long as there is an editor, so that a card is drawn anew only when it changes itself. */
export const EditingContext = createContext<Acting | null>(null);

/** Folding is for those who only look as well. */
export const FoldingContext = createContext<((id: string, folded: boolean) => void) | null>(null);

/** A note's id among the nodes of the canvas. */
export const NOTE = "note:";
