import { Icon, isIconName } from "@/ui/icons.tsx";
import type { PaletteDrag } from "./usePaletteDrag.ts";
import styles from "./Ghost.module.css";

/** The card in the hand while dragging, with what letting go would do, or why it does nothing. */
export function Ghost({ drag }: { drag: PaletteDrag }) {
  const words =
    drag.reason ??
    (drag.landing
      ? drag.landing.place.kind === "free"
        ? "Let go to put it here"
        : "Let go to add it here"
      : "Drag it onto the canvas");
  return (
    <div
      className={styles.ghost}
      style={{ transform: `translate(${drag.x + 12}px, ${drag.y - 20}px) rotate(1.2deg)` }}
      data-bad={drag.reason ? "" : undefined}
      aria-hidden="true"
    >
      <span className={styles.tile}>
        <Icon name={isIconName(drag.item.icon) ? drag.item.icon : "cloud"} />
      </span>
      <span className={styles.words}>
        <strong className="clip">{drag.item.title}</strong>
        <span className="clip">{drag.item.description}</span>
        <em>{words}</em>
      </span>
    </div>
  );
}
