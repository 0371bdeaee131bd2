import type { Graph, GraphNode } from "@/graph/derive.ts";
import type { Status } from "@/ui/status.ts";
import { duration } from "@/ui/time.ts";
import type { Attempt, Branch, Model, Visit } from "./model.ts";
import type { Picture } from "./picture.ts";
import { outcomeWords } from "./words.ts";

/** A row of the table: a state, or an iteration of a Map state. */
export interface Row {
  key: string;
  /** The state's node; for an iteration, its Map state's. */
  node: GraphNode;
  depth: number;
  iteration: number | null;
  label: string;
  status: Status;
  visit: Visit | null;
  /** How often the state was entered in this frame. */
  times: number;
  from: number | null;
  until: number | null;
  bars: Bar[];
  /** It has rows below it, shown or folded. */
  parent: boolean;
}

export interface Bar {
  look: Status | "back-off";
  from: number;
  /** Null: still going on. */
  until: number | null;
  thin: boolean;
  title: string;
}

const ITERATIONS_LISTED = 50;
const VISITS_DRAWN = 100;

/** The states as a table: in the order they were entered, then the rest as written; inner ones below their state. */
export function rowsOf(model: Model, graph: Graph, picture: Picture, folded: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const addScope = (scopeId: string, depth: number): void => {
    const scope = graph.scopes.get(scopeId);
    const frameNumber = picture.frames.get(scopeId) ?? null;
    const frame = frameNumber === null ? undefined : model.frames.get(frameNumber);
    const nodes = (scope?.nodes ?? [])
      .map((id) => graph.nodes.get(id))
      .filter((node): node is GraphNode => node?.state != null);
    const firstEntered = (node: GraphNode) => frame?.visits.get(node.name)?.[0] ?? Number.MAX_SAFE_INTEGER;
    const order = [...nodes].sort((one, other) => firstEntered(one) - firstEntered(other));
    for (const node of order) {
      const numbers = frame?.visits.get(node.name) ?? [];
      rows.push(stateRow(model, node, numbers, depth));
      if (node.inner.length === 0 || folded.has(node.id)) continue;
      if (node.kind === "map") addIterations(node, depth + 1);
      else for (const inner of node.inner) addScope(inner, depth + 1);
    }
  };
  const addIterations = (node: GraphNode, depth: number): void => {
    const items = picture.items.get(node.id);
    const children = picture.visits.get(node.id)?.children;
    if (items === undefined || !children) {
      for (const inner of node.inner) addScope(inner, depth);
      return;
    }
    for (const branch of listed([...children.branches.values()], items.index)) {
      rows.push(iterationRow(node, branch, depth));
      if (branch.index === items.index) for (const inner of node.inner) addScope(inner, depth + 1);
    }
  };
  addScope("", 0);
  return rows;
}

function stateRow(model: Model, node: GraphNode, numbers: readonly number[], depth: number): Row {
  const drawn = numbers.slice(-VISITS_DRAWN).map((number) => model.visits[number]);
  const visits = drawn.filter((visit): visit is Visit => visit !== undefined);
  const visit = visits.at(-1) ?? null;
  return {
    key: node.id,
    node,
    depth,
    iteration: null,
    label: node.name,
    status: visit?.status ?? "not-started",
    visit,
    times: numbers.length,
    from: visit?.enteredAt ?? null,
    until: visit?.endedAt ?? null,
    bars: visits.flatMap(barsOf),
    parent: node.inner.length > 0,
  };
}

function iterationRow(node: GraphNode, branch: Branch, depth: number): Row {
  return {
    key: `${node.id}#${branch.index}`,
    node,
    depth,
    iteration: branch.index,
    label: `#${branch.index}`,
    status: branch.status,
    visit: null,
    times: 1,
    from: branch.startedAt,
    until: branch.endedAt,
    bars: [bar(branch.status, branch.startedAt, branch.endedAt, branch.status, true)],
    parent: true,
  };
}

/* Of many iterations: what failed, what runs, then the first ones; the chosen one always. */
function listed(branches: Branch[], chosen: number): Branch[] {
  const rank = (branch: Branch) =>
    branch.index === chosen ? 0 : branch.status === "failed" ? 1 : branch.status === "running" ? 2 : 3;
  return branches
    .sort((one, other) => rank(one) - rank(other) || one.index - other.index)
    .slice(0, ITERATIONS_LISTED)
    .sort((one, other) => one.index - other.index);
}

/** A visit on the timeline: one bar for each attempt with its back-off, or one for the whole stay. */
function barsOf(visit: Visit): Bar[] {
  const whole = () => [bar(visit.status, visit.enteredAt, visit.endedAt, "", visit.children !== null)];
  if (visit.children || visit.attempts.length === 0) return whole();
  const bars: Bar[] = [];
  visit.attempts.forEach((attempt, place) => {
    const last = place === visit.attempts.length - 1;
    const again = attempt.redrive > 0 ? ` of redrive ${attempt.redrive}` : "";
    const title = `Attempt ${attempt.number}${again} ${outcomeWords[attempt.outcome]}`;
    bars.push({
      ...bar(lookOf(visit, last, attempt.outcome), attempt.scheduledAt, attempt.endedAt, "", false),
      title,
    });
    if (!attempt.backoff) return;
    const until = visit.attempts[place + 1]?.scheduledAt ?? visit.endedAt;
    const length = duration(attempt.backoff.due - attempt.backoff.from);
    bars.push({
      look: "back-off",
      from: attempt.backoff.from,
      until,
      thin: true,
      title: `Back-off, ${length}`,
    });
  });
  return bars;
}

/* The last attempt looks as its state does, unless the state ended otherwise: skipped, say. */
function lookOf(visit: Visit, last: boolean, outcome: Attempt["outcome"]): Status {
  const bad = outcome === "failed" || outcome === "timed-out";
  if (last && outcome === "running" && visit.status === "retrying") return "running";
  if (last && visit.endedAt !== null && (!bad || endsBadly.has(visit.status))) return visit.status;
  if (last && !bad && visit.endedAt === null) return visit.status === "retrying" ? outcome : visit.status;
  return outcome;
}

const endsBadly: ReadonlySet<Status> = new Set(["caught", "failed", "timed-out"]);

function bar(look: Status, from: number, until: number | null, title: string, thin: boolean): Bar {
  return { look, from, until, thin, title };
}

// Every mark up to the third is short: no "1 min 30 s" among them.
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200, 14400, 28800, 86400];

/** The timeline's scale: its marks in milliseconds, and where it ends. It grows in leaps, so that bars stand still. */
export function scaleFor(elapsed: number): { step: number; end: number } {
  const wanted = elapsed / 3600;
  const step = STEPS.find((seconds) => seconds >= wanted) ?? Math.ceil(wanted / 86400) * 86400;
  return { step: step * 1000, end: step * 3600 };
}
