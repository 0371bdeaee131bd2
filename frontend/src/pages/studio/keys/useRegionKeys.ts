import { useEffect, type RefObject } from "react";

import { isDialogOpen } from "@/ui/keys.ts";

/** Each region of the page, in order, and how the focus comes to it. */
type Regions = readonly {
  readonly frame: RefObject<HTMLElement | null>;
  readonly enter: (frame: HTMLElement) => void;
}[];

/** F6 leads from region to region, Shift F6 back: nobody has to pass through all that one of them holds. */
export function useRegionKeys(regions: Regions): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "F6" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isDialogOpen()) return;
      const shown = regions.flatMap(({ frame, enter }) =>
        frame.current && frame.current.offsetParent !== null ? [{ frame: frame.current, enter }] : [],
      );
      const here = shown.findIndex(({ frame }) => frame.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      const next = shown[here < 0 ? 0 : (here + step + shown.length) % shown.length];
      if (!next) return;
      event.preventDefault();
      next.enter(next.frame);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [regions]);
}
