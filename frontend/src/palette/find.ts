import type { Catalog, CatalogItem } from "@/api/types.ts";

export type PaletteTab = "actions" | "flow" | "patterns";

export interface Group {
  readonly title: string;
  readonly tab: PaletteTab;
  readonly items: readonly CatalogItem[];
}

/**
 * The groups whose items hold every word of the search, in title, description, resource or group: what is
 * called so first, then what only speaks of it.
 */
export function findItems(
  catalog: Catalog | undefined,
  search: string,
  tab: PaletteTab | null = null,
): Group[] {
  const wanted = search.toLowerCase().trim().replace(/\s+/g, " ");
  const words = wanted.split(" ").filter(Boolean);
  const groups = (catalog?.groups ?? [])
    .filter((group) => words.length > 0 || tab === null || group.tab === tab)
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => {
        const text = searched(item, group.title);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.items.length > 0);
  return words.length === 0 ? groups : bestFirst(groups, wanted);
}

const texts = new WeakMap<CatalogItem, string>();

/** What is searched of an item; made once, as every letter that is typed asks for it. An item has one group. */
function searched(item: CatalogItem, group: string): string {
  let text = texts.get(item);
  if (text === undefined) {
    text = [item.title, item.description, item.resource, item.type, group].join(" ").toLowerCase();
    texts.set(item, text);
  }
  return text;
}

/** The items of each group by how well their names fit what is wanted, and the groups by their best item. */
function bestFirst(groups: readonly Group[], wanted: string): Group[] {
  const ranked = groups.map((group) => ({
    ...group,
    items: inOrder(group.items, (item) => rankOf(item.title, wanted)),
  }));
  return inOrder(ranked, ({ items: [first] }) => (first ? rankOf(first.title, wanted) : Infinity));
}

/** 0 where the title is what is wanted, then: begins with it, has a word that does, holds it, holds its words. */
export function rankOf(title: string, wanted: string): number {
  const name = title.toLowerCase();
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (` ${name}`.includes(` ${wanted}`)) return 2;
  if (name.includes(wanted)) return 3;
  return wanted.split(" ").every((word) => name.includes(word)) ? 4 : 5;
}

function inOrder<T>(all: readonly T[], rank: (each: T) => number): T[] {
  return [...all].sort((one, other) => rank(one) - rank(other));
}
