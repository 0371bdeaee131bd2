import { useMemo } from "react";
import { useSearchParams } from "react-router";

/** What is looked at: held in the address, so that a link shows the same and Back goes back. */
export interface Selection {
  state: string | null;
  picks: ReadonlyMap<string, number>;
  view: "table" | "events";
  select: (state: string | null) => void;
  pick: (map: string, index: number) => void;
  show: (view: "table" | "events") => void;
}

export function useSelection(): Selection {
  const [params, setParams] = useSearchParams();
  return useMemo(() => {
    const change = (edit: (next: URLSearchParams) => void) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          edit(next);
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    return {
      state: params.get("state"),
      picks: readPicks(params),
      view: params.get("view") === "events" ? "events" : "table",
      select: (state) => change((next) => (state === null ? next.delete("state") : next.set("state", state))),
      pick: (map, index) =>
        change((next) => {
          const picks = new Map(readPicks(next)).set(map, index);
          next.delete("item");
          for (const [name, at] of picks) next.append("item", `${name}:${at}`);
        }),
      show: (view) => change((next) => (view === "events" ? next.set("view", view) : next.delete("view"))),
    };
  }, [params, setParams]);
}

/** "item=Each review:7" for each Map whose iteration was chosen. */
function readPicks(params: URLSearchParams): Map<string, number> {
  const picks = new Map<string, number>();
  for (const item of params.getAll("item")) {
    const cut = item.lastIndexOf(":");
    const index = Number(item.slice(cut + 1));
    if (cut > 0 && Number.isInteger(index) && index >= 0) picks.set(item.slice(0, cut), index);
  }
  return picks;
}
