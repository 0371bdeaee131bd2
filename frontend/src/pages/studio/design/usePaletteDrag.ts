import { useCallback, useEffect, useState, type RefObject } from "react";

import type { CatalogItem } from "@/api/types.ts";
import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import type { Landing } from "@/graph/places.ts";
import type { Acts } from "../useActs.ts";

export interface PaletteDrag {
  readonly item: CatalogItem;
  readonly x: number;
  readonly y: number;
  readonly landing: Landing | null;
  /** Why it may not land here. */
  readonly reason: string | null;
}

/** Dragging from the palette, with pointer events alone: nothing moves until it is let go; Esc gives up. */
export function usePaletteDrag(canvas: RefObject<CanvasHandle | null>, acts: Acts) {
  const [drag, setDrag] = useState<PaletteDrag | null>(null);
  const active = drag !== null;

  const at = useCallback(
    (item: CatalogItem, x: number, y: number): PaletteDrag => {
      const landing = canvas.current?.landingAt({ x, y }) ?? null;
      const reason = landing ? acts.mayAdd(item, landing.place) : null;
      return { item, x, y, landing: reason === null ? landing : null, reason };
    },
    [canvas, acts],
  );

  useEffect(() => {
    if (!active) return;
    const move = (event: PointerEvent) =>
      setDrag((before) => before && at(before.item, event.clientX, event.clientY));
    const up = (event: PointerEvent) => {
      setDrag(null);
      if (!drag) return;
      const last = at(drag.item, event.clientX, event.clientY);
      const added = last.landing && acts.add(last.item, last.landing);
      // The keys that follow are meant for what was dropped, not for the palette.
      if (added !== null) canvas.current?.focus(added);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setDrag(null);
    };
    const cancel = () => setDrag(null);
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", cancel);
    window.addEventListener("keydown", key, true);
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", cancel);
      window.removeEventListener("keydown", key, true);
    };
  }, [active, at, acts, canvas, drag]);

  const start = useCallback(
    (item: CatalogItem, event: { clientX: number; clientY: number }) =>
      setDrag(at(item, event.clientX, event.clientY)),
    [at],
  );
  return { drag, start };
}
