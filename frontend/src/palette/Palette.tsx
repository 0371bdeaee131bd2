import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

import type { Catalog, CatalogItem } from "@/api/types.ts";
import type { PaletteTab } from "@/palette/find.ts";
import { useFound } from "@/palette/useFound.ts";
import { Button } from "@/ui/Button.tsx";
import { Input } from "@/ui/Field.tsx";
import { Icon, isIconName } from "@/ui/icons.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import { useKey } from "@/ui/keys.ts";
import { ClearSearch } from "@/ui/SearchField.tsx";
import { useKept } from "@/ui/useKept.ts";
import { TabPanel, Tabs } from "@/ui/Tabs.tsx";
import styles from "./Palette.module.css";

interface PaletteProps {
  catalog: Catalog | undefined;
  /** The pointer went down on an item and moved: the page drags it from here. */
  onDragStart: (item: CatalogItem, event: { clientX: number; clientY: number }) => void;
  /** An item was chosen without dragging. */
  onChoose: (item: CatalogItem) => void;
}

const TABS = [
  { value: "actions", label: "Actions" },
  { value: "flow", label: "Flow" },
  { value: "patterns", label: "Patterns" },
] as const;

/** What can be put on the canvas, found by typing; drag an item, or choose it to add it after the selected state. */
export function Palette({ catalog, onDragStart, onChoose }: PaletteProps) {
  const [search, setSearch] = useState("");
  const [tab, setTab] = useKept<PaletteTab>("cuelight.palette", "actions");
  const input = useRef<HTMLInputElement>(null);
  useKey("/", () => input.current?.focus());
  const { groups, more, prepare, ready, whole } = useFound(catalog, search, tab);
  const choose = (item: CatalogItem) => void whole(item).then(onChoose);
  const list = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<string | null>(null);
  const shown = groups.flatMap((group) => group.items.map(({ id }) => id));
  const stop = held !== null && shown.includes(held) ? held : shown[0];
  const walk = (event: KeyboardEvent) => {
    const all = items(list.current);
    const at = all.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    if (to < 0) input.current?.focus();
    else all[Math.min(to, all.length - 1)]?.focus();
  };
  return (
    <aside className={styles.palette} aria-label="States to add">
      <div className={styles.search}>
        <Input
          ref={input}
          icon="search"
          type="search"
          placeholder="Find a state"
          aria-label="Find a state"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            const first = groups[0]?.items[0];
            if (event.key === "ArrowDown") {
              event.preventDefault();
              items(list.current)[0]?.focus();
            }
            if (event.key === "Enter" && search && first) choose(first);
            if (event.key !== "Escape" || search === "") return;
            // Only an empty search is left by it.
            event.preventDefault();
            setSearch("");
          }}
          after={
            search ? (
              <ClearSearch
                onClear={() => {
                  setSearch("");
                  input.current?.focus();
                }}
              />
            ) : (
              <Kbd>/</Kbd>
            )
          }
        />
      </div>
      <Tabs
        label="Kinds of states"
        id="palette"
        value={tab}
        onChange={(next) => {
          setTab(next);
          setSearch("");
        }}
        tabs={TABS}
      />
      <TabPanel id="palette" value={tab} className={styles.scroll}>
        {/* One stop of the Tab key; the arrows lead through it. */}
        {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the buttons inside bubble to here */}
        <div ref={list} onKeyDown={walk}>
          {groups.map((group) => (
            <section key={`${group.tab} ${group.title}`} aria-label={group.title}>
              {(search || groups.length > 1) && <h3 className={styles.head}>{group.title}</h3>}
              <ul>
                {group.items.map((item) => (
                  <li key={item.id}>
                    <PaletteItem
                      item={item}
                      tabStop={item.id === stop}
                      onFocus={() => setHeld(item.id)}
                      onPoint={prepare}
                      onDragStart={(held, event) => onDragStart(ready(held), event)}
                      onChoose={choose}
                    />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        {more > 0 && <p className={styles.more}>{more} more actions of AWS: type another word.</p>}
        {catalog && groups.length === 0 && (
          <div className={styles.none}>
            <p>Nothing is called “{search}”.</p>
            <Button small onClick={() => setSearch("")}>
              Clear the search
            </Button>
          </div>
        )}
      </TabPanel>
      <p className={styles.tip}>
        <Icon name="mouse-pointer-2" size="s" />
        <span>
          Drag in, or <Kbd>Tab</Kbd> on a state
        </span>
      </p>
    </aside>
  );
}

function items(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
}

const FAR = 4;

interface PaletteItemProps extends Pick<PaletteProps, "onDragStart" | "onChoose"> {
  item: CatalogItem;
  /** Whether the Tab key comes here; one item of the palette has it. */
  tabStop: boolean;
  onFocus: () => void;
  onPoint: (item: CatalogItem) => void;
}

function PaletteItem({ item, tabStop, onFocus, onPoint, onDragStart, onChoose }: PaletteItemProps) {
  const from = useRef<{ x: number; y: number } | null>(null);
  const dragged = useRef(false);
  const down = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    from.current = { x: event.clientX, y: event.clientY };
    dragged.current = false;
  };
  const move = (event: PointerEvent<HTMLButtonElement>) => {
    if (!from.current || dragged.current) return;
    if (Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y) < FAR) return;
    dragged.current = true;
    from.current = null;
    onDragStart(item, event);
  };
  return (
    <button
      type="button"
      className={styles.item}
      data-testid={`palette-item-${item.id}`}
      title={`${item.title}: ${item.description}`}
      onPointerEnter={() => onPoint(item)}
      data-item=""
      tabIndex={tabStop ? 0 : -1}
      onFocus={() => {
        onFocus();
        onPoint(item);
      }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerLeave={move}
      onClick={() => {
        if (!dragged.current) onChoose(item);
        dragged.current = false;
      }}
    >
      <span className={styles.tile}>
        <Icon name={isIconName(item.icon) ? item.icon : "cloud"} />
      </span>
      <span className={styles.words}>
        <span className="clip">{item.title}</span>
        <span className={`clip ${styles.line}`}>{item.description}</span>
      </span>
    </button>
  );
}
