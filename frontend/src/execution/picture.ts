import { END, START, type Graph, type GraphEdge, type ScopeGraph } from "@/graph/derive.ts";
import { statuses, type Status } from "@/ui/status.ts";
import { latestIn, transitionKey, type Children, type Frame, type Model, type Visit } from "./model.ts";

/** What happened to a transition; none of these is what nobody came to yet. */
export type EdgeLook = "taken" | "running" | "caught" | "not-taken";

/** The iteration of a Map state that is looked at, and how the others are. */
export interface Items {
  index: number;
  total: number;
  /** Iterations that began, in order of their index. */
  begun: readonly number[];
  counts: Partial<Record<Status, number>>;
}

/** An execution as its graph shows it: one visit for each state, of one iteration for each Map. */
export interface Picture {
  /** By node; a state that was not entered is not in it. */
  visits: ReadonlyMap<string, Visit>;
  items: ReadonlyMap<string, Items>;
  /** By edge. */
  edges: ReadonlyMap<string, EdgeLook>;
  /** The frame shown in each scope, null where there is none. */
  frames: ReadonlyMap<string, number | null>;
  /** How many states have each status. */
  counts: Readonly<Record<Status, number>>;
}

/** Which iteration of each Map state to look at, by its name; without a choice, the one that matters. */
export type Picks = ReadonlyMap<string, number>;

export function pictureOf(model: Model, graph: Graph, picks: Picks): Picture {
  const visits = new Map<string, Visit>();
  const items = new Map<string, Items>();
  const edges = new Map<string, EdgeLook>();
  const frames = new Map<string, number | null>();
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>;
  const agenda: { scope: string; frame: number | null }[] = [{ scope: "", frame: 0 }];
  for (let next = agenda.pop(); next; next = agenda.pop()) {
    const scope = graph.scopes.get(next.scope);
    if (scope === undefined) continue;
    const frame = next.frame === null ? undefined : model.frames.get(next.frame);
    frames.set(next.scope, frame?.number ?? null);
    for (const id of scope.nodes) {
      const node = graph.nodes.get(id);
      if (node === undefined || node.state === null) continue;
      const number = latestIn(frame, node.name);
      const visit = number === null ? undefined : model.visits[number];
      counts[visit?.status ?? "not-started"] += 1;
      if (visit) visits.set(id, visit);
      const children = visit?.children ?? null;
      if (children && node.kind === "map") items.set(id, itemsOf(children, picks.get(node.name)));
      node.inner.forEach((inner, place) => {
        const index = node.kind === "map" ? items.get(id)?.index : place;
        const branch = index === undefined ? undefined : children?.branches.get(index);
        agenda.push({ scope: inner, frame: branch?.frame ?? null });
      });
    }
    if (frame) lookAtEdges(model, graph, scope, frame, visits, edges);
  }
  return { visits, items, edges, frames, counts };
}

/** The status of a node; the start and the end take theirs from the execution. */
export function statusOfNode(picture: Picture, model: Model, id: string): Status {
  if (id === START) return model.startedAt === null ? "not-started" : "succeeded";
  if (id === END) return model.status === "SUCCEEDED" ? "succeeded" : "not-started";
  return picture.visits.get(id)?.status ?? "not-started";
}

function itemsOf(children: Children, pick: number | undefined): Items {
  const begun = [...children.branches.keys()].sort((one, other) => one - other);
  const total = Math.max(children.total ?? 0, begun.length);
  const chosen = pick !== undefined && pick < total ? pick : (worthSeeing(children) ?? 0);
  const queued = total - begun.length;
  const counts: Items["counts"] = {};
  if (children.succeeded) counts.succeeded = children.succeeded;
  if (children.running.size) counts.running = children.running.size;
  if (queued > 0) counts.queued = queued;
  if (children.failed) counts.failed = children.failed;
  if (children.aborted) counts.aborted = children.aborted;
  return { index: chosen, total, begun, counts };
}

/** The iteration that runs, else the first that failed, else the first. */
function worthSeeing({ running, failed, branches }: Children): number | null {
  const [first] = running;
  if (first !== undefined) return first;
  if (failed === 0) return null;
  const found = [...branches.values()].filter((branch) => branch.status === "failed");
  return Math.min(...found.map((branch) => branch.index));
}

const moving: ReadonlySet<Status> = new Set(["queued", "running", "retrying"]);

function lookAtEdges(
  model: Model,
  graph: Graph,
  scope: ScopeGraph,
  frame: Frame,
  visits: ReadonlyMap<string, Visit>,
  edges: Map<string, EdgeLook>,
): void {
  for (const edge of scope.edges) {
    const look = lookOf(model, graph, edge, frame, visits);
    if (look) edges.set(edge.id, look);
  }
}

function lookOf(
  model: Model,
  graph: Graph,
  edge: GraphEdge,
  frame: Frame,
  visits: ReadonlyMap<string, Visit>,
): EdgeLook | null {
  const target = edge.to === null ? undefined : visits.get(edge.to);
  if (edge.kind === "start") {
    if (target === undefined) return null;
    return moving.has(target.status) && target.children === null && target.cameFrom === null
      ? "running"
      : "taken";
  }
  const from = visits.get(edge.from);
  if (from === undefined) return null;
  if (edge.kind === "end") {
    const over = frame.current === from.number && (from.status === "succeeded" || from.status === "skipped");
    return over ? "taken" : null;
  }
  const name = (id: string | null) => (id === null ? "" : (graph.nodes.get(id)?.name ?? ""));
  const caught = edge.kind === "catch";
  if (frame.taken.has(transitionKey(name(edge.from), name(edge.to), caught))) {
    if (caught) return "caught";
    const cameFrom = target?.cameFrom == null ? undefined : model.visits[target.cameFrom];
    // What is inside a container moves by itself; the way to it lies behind.
    const leadsIn =
      target !== undefined &&
      target.children === null &&
      moving.has(target.status) &&
      cameFrom?.name === name(edge.from);
    return leadsIn ? "running" : "taken";
  }
  // A Catcher that was not needed stays a promise; a rule that did not hold was not taken.
  if (from.endedAt === null) return null;
  return caught && model.stoppedAt === null && from.status !== "succeeded" ? null : "not-taken";
}
