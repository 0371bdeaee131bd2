import type { Catalog, CatalogItem } from "@/api/types.ts";

export type PaletteTab = "actions" | "flow" | "patterns";

export interface Group {
  readonly title: string;
  readonly tab: PaletteTab;
  readonly items: readonly CatalogItem[];
}

/** The groups whose items hold every word of the search, in title, description, resource or group. */
export function findItems(
  catalog: Catalog | undefined,
  search: string,
  tab: PaletteTab | null = null,
): Group[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (catalog?.groups ?? [])
    .filter((group) => words.length > 0 || tab === null || group.tab === tab)
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => {
        const text = [item.title, item.description, item.resource, item.type, group.title]
          .join(" ")
          .toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.items.length > 0);
}
