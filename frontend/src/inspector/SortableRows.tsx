import { useRef, useState, type PointerEvent, type ReactNode } from "react";

import { Icon } from "@/ui/icons.tsx";
import styles from "./SortableRows.module.css";

interface SortableRowsProps {
  count: number;
  /** What one row is called: "Answer". */
  item: string;
  disabled?: boolean;
  /** `to` counts in the list as it is after the row was taken out. */
  onMove: (from: number, to: number) => void;
  /** A row with its handle, which is null where nothing may be moved. */
  row: (index: number, handle: ReactNode) => ReactNode;
}

/** Rows in an order that is changed by their handles: dragged, or moved with the arrow keys. */
export function SortableRows({ count, item, disabled, onMove, row }: SortableRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<{ from: number; gap: number } | null>(null);
  const [said, setSaid] = useState("");
  const gapAt = (y: number) => {
    const rows = [...(list.current?.children ?? [])].map((each) => each.getBoundingClientRect());
    const below = rows.findIndex((box) => y < box.top + box.height / 2);
    return below < 0 ? count : below;
  };
  const drop = (event: PointerEvent) => {
    if (!drag) return;
    const gap = gapAt(event.clientY);
    const to = gap > drag.from ? gap - 1 : gap;
    setDrag(null);
    if (to !== drag.from) onMove(drag.from, to);
  };
  const step = (from: number, by: number) => {
    const to = from + by;
    if (to < 0 || to >= count) return;
    onMove(from, to);
    setSaid(`${item} ${from + 1} is ${item.toLowerCase()} ${to + 1} now.`);
    requestAnimationFrame(() =>
      list.current?.children[to]?.querySelector<HTMLElement>("[data-handle]")?.focus(),
    );
  };
  return (
    <>
      <ul className={styles.rows} ref={list}>
        {Array.from({ length: count }, (_, index) => (
          <li
            key={index}
            data-dragged={drag?.from === index ? "" : undefined}
            data-gap={
              drag === null
                ? undefined
                : drag.gap === index
                  ? "before"
                  : drag.gap === count && index === count - 1
                    ? "after"
                    : undefined
            }
          >
            {row(
              index,
              disabled || count < 2 ? null : (
                <button
                  type="button"
                  className={styles.handle}
                  data-handle
                  aria-label={`Move ${item.toLowerCase()} ${index + 1}: arrows up and down`}
                  title="Drag, or arrows up and down"
                  onPointerDown={(event) => {
                    event.currentTarget.setPointerCapture(event.pointerId);
                    setDrag({ from: index, gap: index });
                  }}
                  onPointerMove={(event) => {
                    if (drag) setDrag({ from: drag.from, gap: gapAt(event.clientY) });
                  }}
                  onPointerUp={drop}
                  onPointerCancel={() => setDrag(null)}
                  onKeyDown={(event) => {
                    if (event.key === "Escape" && drag) {
                      event.stopPropagation();
                      setDrag(null);
                      return;
                    }
                    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                    if (by === undefined) return;
                    event.preventDefault();
                    event.stopPropagation();
                    step(index, by);
                  }}
                >
                  <Icon name="grip-vertical" size="s" />
                </button>
              ),
            )}
          </li>
        ))}
      </ul>
      <span className="sr" role="status">
        {said}
      </span>
    </>
  );
}

/** A list with one of its items at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), list[from] as T, ...rest.slice(to)];
}
