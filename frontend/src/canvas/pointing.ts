import { createContext } from "react";
import { createStore } from "zustand/vanilla";

import type { Point } from "@/document/document.ts";
import type { Landing } from "@/graph/places.ts";

/** What the pointer does just now. Kept apart from the rest, as it changes with every move and few parts care. */
export interface Pointing {
  /** The edge under the pointer, or in focus. */
  readonly hover: string | null;
  /** Where what is dragged would land. */
  readonly landing: Landing | null;
  /** A transition is being drawn. */
  readonly connecting: boolean;
}

export const makePointing = () =>
  createStore<Pointing>(() => ({ hover: null, landing: null, connecting: false }));
export type PointingStore = ReturnType<typeof makePointing>;

export const PointingContext = createContext<PointingStore>(makePointing());

/** Where on the screen a mouse or a finger is. */
export function pointOf(event: unknown): Point | null {
  const found = event as Partial<{
    clientX: number;
    clientY: number;
    touches: { clientX: number; clientY: number }[];
    changedTouches: { clientX: number; clientY: number }[];
  }>;
  if (typeof found.clientX === "number" && typeof found.clientY === "number")
    return { x: found.clientX, y: found.clientY };
  const touch = found.touches?.[0] ?? found.changedTouches?.[0];
  return touch ? { x: touch.clientX, y: touch.clientY } : null;
}
