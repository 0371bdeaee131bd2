import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

import { awsItemQuery, namesAwsAction, useAwsActions, type OfferedAction } from "@/api/catalog.ts";
import type { Catalog, CatalogItem } from "@/api/types.ts";
import { findItems, rankOf, type Group, type PaletteTab } from "@/palette/find.ts";
import { useDebounced } from "@/ui/useDebounced.ts";

interface Found {
  readonly groups: readonly Group[];
  /** How many actions of AWS there are besides those shown. */
  readonly more: number;
  /** Reads the form of an action of AWS ahead, when the pointer comes to it. */
  readonly prepare: (item: CatalogItem) => void;
  /** The item as it is inserted: with the required arguments, where its form has come. */
  readonly ready: (item: CatalogItem) => CatalogItem;
  /** The same, waiting for the form; what is known serves where it does not come. */
  readonly whole: (item: CatalogItem) => Promise<CatalogItem>;
}

/** What a search finds: the catalog's own items, and behind them the actions of any AWS service. */
export function useFound(catalog: Catalog | undefined, search: string, tab: PaletteTab | null = null): Found {
  const client = useQueryClient();
  const actions = useAwsActions(useDebounced(search.trim(), 200));
  const searching = search.trim().length > 1;
  const groups = useMemo(() => {
    const own = findItems(catalog, search, tab);
    if (!searching || !actions.data) return own;
    const known = new Set(
      (catalog?.groups ?? []).flatMap(({ items }) => items.map(({ resource }) => resource)),
    );
    const wanted = search.trim().toLowerCase();
    const items = actions.data.results
      .filter(({ resource }) => !known.has(resource))
      .map(itemOf)
      .sort((one, other) => rankOf(one.title, wanted) - rankOf(other.title, wanted));
    return items.length ? [...own, { title: "Any AWS action", tab: "actions" as const, items }] : own;
  }, [catalog, search, tab, searching, actions.data]);

  const prepare = useCallback(
    (item: CatalogItem) => {
      if (lacksForm(item)) void client.prefetchQuery(awsItemQuery(item.resource ?? ""));
    },
    [client],
  );
  const ready = useCallback(
    (item: CatalogItem) => client.getQueryData(awsItemQuery(item.resource ?? "").queryKey) ?? item,
    [client],
  );
  const whole = useCallback(
    async (item: CatalogItem) => {
      if (!lacksForm(item)) return item;
      return client.ensureQueryData(awsItemQuery(item.resource ?? "")).catch(() => item);
    },
    [client],
  );
  const shown = actions.data?.results.length ?? 0;
  return {
    groups,
    more: searching ? Math.max(0, (actions.data?.count ?? 0) - shown) : 0,
    prepare,
    ready,
    whole,
  };
}

/** An action of AWS in a list: what it does first, whose it is on the second line. */
function itemOf(offered: OfferedAction): CatalogItem {
  const name = offered.action.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  const title = (name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()).slice(0, 80);
  const service = offered.service_title.replace(/^(Amazon|AWS) /, "");
  const whose = offered.waits ? `${service}, waits until it is done` : service;
  return {
    id: offered.resource.replace("arn:aws:states:::", "").replaceAll(":", "-"),
    title,
    description: offered.description ? `${whose}: ${offered.description}` : whose,
    icon: "cloud",
    resource: offered.resource,
    type: "Task",
    name: title,
    template: {
      Type: "Task",
      Resource: offered.waits ? `${offered.resource}.sync` : offered.resource,
      Arguments: {},
      ...(offered.waits ? {} : { TimeoutSeconds: 60 }),
    },
    arguments_schema: null,
  } as CatalogItem;
}

/** Whether the form of an item is still on the server: of actions of AWS there are too many to send. */
function lacksForm(item: CatalogItem): boolean {
  return !item.arguments_schema && namesAwsAction(item.resource ?? "");
}
