import { useMemo } from "react";
import { useSearchParams } from "react-router";

/** What is looked at: held in the address, so that a link shows the same and Back goes back. */
export interface Selection {
  state: string | null;
  picks: ReadonlyMap<string, number>;
  view: "table" | "events";
  /** Choosing a state holds the iterations it is looked at in. */
  select: (state: string | null, within?: readonly (readonly [map: string, index: number])[]) => void;
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
      select: (state, within = []) =>
        change((next) => {
          if (state === null) next.delete("state");
          else next.set("state", state);
          writePicks(next, within);
        }),
      pick: (map, index) => change((next) => writePicks(next, [[map, index]])),
      show: (view) => change((next) => (view === "events" ? next.set("view", view) : next.delete("view"))),
    };
  }, [params, setParams]);
}

function writePicks(
  params: URLSearchParams,
  changed: readonly (readonly [map: string, index: number])[],
): void {
  if (changed.length === 0) return;
  const picks = new Map([...readPicks(params), ...changed]);
  params.delete("item");
  for (const [name, at] of picks) params.append("item", `${name}:${at}`);
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
