import type { EdgeKind } from "@/graph/derive.ts";
import type { Status } from "@/ui/status.ts";

/** What an execution adds to the graph: statuses, and the ways taken. Plain data, made anew on each change. */
export interface Overlay {
  readonly states: ReadonlyMap<string, StateOverlay>;
  readonly edges: ReadonlyMap<string, EdgeStatus>;
}

export interface StateOverlay {
  readonly status: Status;
  /** At the right of the foot: "2/5, in 1.6 s", "14.2 s", "11 s left"; may be empty. */
  readonly right: string;
  /** Of a Map state: which item is looked at, if one can be, and how many are in which status. */
  readonly items?: {
    readonly index: number | null;
    readonly total: number;
    readonly counts: Partial<Record<Status, number>>;
  };
}

export type EdgeStatus = "taken" | "running" | "caught" | "not-taken";

/** The key of an edge in an overlay; `to` is null where the execution or branch ends. */
export function edgeKey(from: string, to: string | null, kind: EdgeKind | "catch" | "next"): string {
  return `${from}\u0000${to ?? ""}\u0000${kind === "catch" ? "catch" : "next"}`;
}
