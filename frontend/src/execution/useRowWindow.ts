import { useEffect, useRef, useState } from "react";

/** Tables of more rows than this hold only those in view. */
const MANY = 150;
/** Rows are added and taken away by this many, so that scrolling draws seldom. */
const STEP = 20;

export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/** Which rows of one height are in view, and some more above and below; all of them where they are few. */
export function useRowWindow(count: number, height: number) {
  const frame = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<RowWindow>({ from: 0, to: 3 * STEP });
  const many = count > MANY;
  useEffect(() => {
    const element = frame.current;
    if (!many || !element) return;
    const look = () => {
      const from = Math.max(0, Math.floor(element.scrollTop / height / STEP) * STEP - STEP);
      const seen = Math.ceil(element.clientHeight / height);
      const to = Math.ceil((element.scrollTop / height + seen) / STEP) * STEP + STEP;
      setShown((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, [many, height]);
  const window = many
    ? { from: Math.min(shown.from, Math.max(0, count - STEP)), to: Math.min(shown.to, count) }
    : { from: 0, to: count };
  return [frame, window] as const;
}
