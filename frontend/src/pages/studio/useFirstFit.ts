import { useEffect, type RefObject } from "react";

import type { CanvasHandle } from "@/canvas/Canvas.tsx";

/** Panels come one after the other when a page opens; so long the graph is fitted into what room it has. */
const SETTLES_IN = 1500;

/** Fits a graph again while its frame still changes, so that it is never fitted into a size that is gone. */
export function useFirstFit(
  canvas: RefObject<CanvasHandle | null>,
  frame: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const began = performance.now();
    let touched = false;
    const touch = () => {
      touched = true;
    };
    const observer = new ResizeObserver(() => {
      if (touched || performance.now() - began > SETTLES_IN) return;
      // The canvas hears of its new size first; then it is asked to fit.
      requestAnimationFrame(() => requestAnimationFrame(() => !touched && canvas.current?.fit()));
    });
    observer.observe(element);
    element.addEventListener("pointerdown", touch);
    element.addEventListener("wheel", touch);
    return () => {
      observer.disconnect();
      element.removeEventListener("pointerdown", touch);
      element.removeEventListener("wheel", touch);
    };
  }, [canvas, frame]);
}
