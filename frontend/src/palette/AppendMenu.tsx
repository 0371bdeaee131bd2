import { useEffect, useRef, useState, type KeyboardEvent } from "react";

import type { Catalog, CatalogItem } from "@/api/types.ts";
import { useFound } from "@/palette/useFound.ts";
import { Input } from "@/ui/Field.tsx";
import { Icon, isIconName } from "@/ui/icons.tsx";
import styles from "./AppendMenu.module.css";

interface AppendMenuProps {
  catalog: Catalog | undefined;
  /** Where it opens, on the screen. */
  at: { x: number; y: number };
  /** Null, or why this item may not stand there. */
  refuse: (item: CatalogItem) => string | null;
  onChoose: (item: CatalogItem) => void;
  onClose: () => void;
}

const WIDTH = 288;
const HEIGHT = 360;

/** The menu behind a "+": search, groups, one line each. Arrows and Enter choose, Esc closes. */
export function AppendMenu({ catalog, at, refuse, onChoose, onClose }: AppendMenuProps) {
  const [search, setSearch] = useState("");
  const [held, setHeld] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const { groups, prepare, whole } = useFound(catalog, search);
  const items = groups.flatMap((group) => group.items);

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, [onClose]);
  useEffect(() => {
    root.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [held]);

  const choose = (item: CatalogItem) => {
    const reason = refuse(item);
    setRefused(reason);
    if (reason === null) void whole(item).then(onChoose);
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setHeld((held + step + items.length) % Math.max(1, items.length));
      setRefused(null);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const item = items[held];
      if (item) choose(item);
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      onClose();
    }
    event.stopPropagation();
  };
  const left = Math.max(8, Math.min(at.x - WIDTH / 2, window.innerWidth - WIDTH - 8));
  const top = at.y + HEIGHT > window.innerHeight - 8 ? Math.max(8, window.innerHeight - HEIGHT - 8) : at.y;
  const heldId = items[held] ? `append-${items[held].id}` : undefined;
  return (
    <div
      ref={root}
      className={styles.menu}
      style={{ left, top, width: WIDTH, maxHeight: HEIGHT }}
      role="dialog"
      aria-label="Add a state"
    >
      <Input
        icon="search"
        autoFocus
        placeholder="Add a state"
        aria-label="Find a state to add"
        role="combobox"
        aria-expanded="true"
        aria-controls="append-list"
        aria-activedescendant={heldId}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setHeld(0);
          setRefused(null);
        }}
        onKeyDown={key}
      />
      <div id="append-list" role="listbox" aria-label="States" className={styles.list}>
        {groups.map((group) => (
          <div key={`${group.tab} ${group.title}`} role="group" aria-label={group.title}>
            <p className={styles.head}>{group.title}</p>
            {group.items.map((item) => {
              const reason = refuse(item);
              const index = items.indexOf(item);
              return (
                // The focus stays in the search; arrows and Enter reach every option.
                // eslint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={item.id}
                  id={`append-${item.id}`}
                  data-testid={`append-item-${item.id}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === held}
                  aria-disabled={reason !== null}
                  className={styles.item}
                  title={reason ?? `${item.title}: ${item.description}`}
                  onPointerMove={() => {
                    setHeld(index);
                    prepare(item);
                  }}
                  onClick={() => choose(item)}
                >
                  <Icon name={isIconName(item.icon) ? item.icon : "cloud"} />
                  <span className="grow">
                    <span className={`clip ${styles.title}`}>{item.title}</span>
                    {/* What describes may be cut, why it cannot be had may not. */}
                    <span className={reason === null ? `clip ${styles.line}` : styles.line}>
                      {reason ?? item.description}
                    </span>
                  </span>
                </div>
              );
            })}
          </div>
        ))}
        {items.length === 0 && <p className={styles.none}>Nothing is called “{search}”.</p>}
      </div>
      {refused !== null && (
        <p className={styles.refused} role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}
