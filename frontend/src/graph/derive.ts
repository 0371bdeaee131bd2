import { toPointer, type JsonObject, type Path, type StateType } from "@/asl/types.ts";
import {
  isTerminal,
  openTransitionsOf,
  rootScope,
  scopesOf,
  statesOf,
  transitionsOf,
  typeOf,
  type Scope,
  type Transition,
} from "@/asl/walk.ts";
import { errorsInWords, ruleInWords, short } from "@/asl/words.ts";

export type NodeKind = "start" | "end" | "card" | "pill" | "parallel" | "map" | "empty" | "open";
export type EdgeKind = "start" | "next" | "choice" | "otherwise" | "catch" | "end";

/** What stands on the canvas: a state, the start, the end, the free place of an empty branch, or that of an open transition. */
export interface GraphNode {
  /** The state's name where it is the only one of that name, else its pointer; "Start" and "End" have a pointer of their own. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** The path of the state, of the scope for start, end and empty; for an open place that of the state before it. */
  readonly path: Path;
  readonly scope: string;
  readonly type: StateType | null;
  readonly state: JsonObject | null;
  /** The scopes drawn inside, left to right. */
  readonly inner: readonly string[];
}

/** One or more transitions from one state to another. */
export interface GraphEdge {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string | null;
  readonly scope: string;
  /** At most 28 characters, in words; null for none. */
  readonly label: string | null;
  /** The rule itself, whole. */
  readonly title: string | null;
  /** The fields of the source state that lead here. */
  readonly fields: readonly Path[];
}

export interface ScopeGraph {
  readonly id: string;
  readonly path: Path;
  readonly owner: string | null;
  /** The node it starts at, if there is such a state. */
  readonly start: string | null;
  readonly nodes: readonly string[];
  readonly edges: readonly GraphEdge[];
}

export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly scopes: ReadonlyMap<string, ScopeGraph>;
}

export const START = "/Start";
export const END = "/End";

/** The graph of a definition. Transitions to states that are not there are left out; the problems list names them. */
export function deriveGraph(definition: JsonObject): Graph {
  const nodes = new Map<string, GraphNode>();
  const scopes = new Map<string, ScopeGraph>();
  const agenda: { scope: Scope; owner: string | null }[] = [{ scope: rootScope(definition), owner: null }];
  for (let entry = agenda.shift(); entry; entry = agenda.shift()) {
    const { scope, owner } = entry;
    const states = statesOf(scope);
    const ids = new Map<string, string>();
    for (const at of states)
      ids.set(
        at.name,
        nodes.has(at.name) || at.name === START || at.name === END ? toPointer(at.path) : at.name,
      );
    const edges: GraphEdge[] = [];
    const own: string[] = [];
    const add = (node: GraphNode) => {
      nodes.set(node.id, node);
      own.push(node.id);
    };
    const atRoot = owner === null;
    const bare = { path: scope.path, scope: scope.id, type: null, state: null, inner: [] };
    if (atRoot) add({ ...bare, id: START, kind: "start", name: "Start" });
    const start = typeof scope.value["StartAt"] === "string" ? ids.get(scope.value["StartAt"]) : undefined;
    const edge = (kind: EdgeKind, from: string, to: string | null, more: Partial<GraphEdge> = {}) =>
      edges.push({
        id: `${scope.id}:${from}>${to ?? "end"}:${kind === "catch" ? "catch" : "next"}`,
        kind,
        from,
        to,
        scope: scope.id,
        label: null,
        title: null,
        fields: [],
        ...more,
      });
    if (states.length === 0) {
      const id = `${scope.id}/empty`;
      add({ ...bare, id, kind: "empty", name: "" });
      if (atRoot) edge("start", START, id);
    } else if (atRoot && start !== undefined) edge("start", START, start);

    for (const at of states) {
      const id = ids.get(at.name) ?? at.name;
      const type = typeOf(at.state);
      const inside = scopesOf(at);
      add({
        id,
        name: at.name,
        path: at.path,
        scope: scope.id,
        type,
        state: at.state,
        kind:
          type === "Succeed" ? "pill" : type === "Parallel" ? "parallel" : type === "Map" ? "map" : "card",
        inner: inside.map((each) => each.id),
      });
      agenda.push(...inside.map((each) => ({ scope: each, owner: id })));
      for (const found of groupedTransitions(at.state)) {
        const to = ids.get(found.target);
        if (to !== undefined)
          edge(found.kind, id, to, { label: found.label, title: found.title, fields: found.fields });
      }
      for (const open of openTransitionsOf(at.state)) {
        const to = toPointer([...at.path, ...open.field]);
        const { kind, label, title } = inWords(at.state, open);
        add({ ...bare, id: to, kind: "open", name: "", path: at.path });
        edge(kind, id, to, { label: label === null ? null : short(label), title, fields: [open.field] });
      }
    }
    const ending = states.filter(
      (at) => isTerminal(at.state) && typeOf(at.state) !== "Succeed" && typeOf(at.state) !== "Fail",
    );
    if (atRoot && ending.length > 0) add({ ...bare, id: END, kind: "end", name: "End" });
    for (const at of ending) edge("end", ids.get(at.name) ?? at.name, atRoot ? END : null);
    scopes.set(scope.id, { id: scope.id, path: scope.path, owner, start: start ?? null, nodes: own, edges });
  }
  return { nodes, scopes };
}

interface Grouped {
  kind: "next" | "choice" | "otherwise" | "catch";
  target: string;
  label: string | null;
  title: string | null;
  fields: Path[];
}

/** A state's transitions, those to one target joined: its rules in one edge, its Catchers in another. */
function groupedTransitions(state: JsonObject): Grouped[] {
  const groups = new Map<string, Grouped & { words: string[] }>();
  for (const { kind, target, field } of transitionsOf(state)) {
    const key = `${kind === "catch" ? "catch" : "next"}:${target}`;
    const group = groups.get(key) ?? {
      kind: kind === "default" ? "otherwise" : kind,
      target,
      label: null,
      title: null,
      fields: [],
      words: [],
    };
    groups.set(key, group);
    group.fields.push(field);
    const { label } = inWords(state, { kind, target, field });
    if (label !== null) group.words.push(label);
  }
  return [...groups.values()].map(({ words, ...group }) => {
    const whole = words.join(" or ");
    const label =
      whole.length <= 28 || words.length === 1
        ? short(whole)
        : words.includes("otherwise")
          ? "otherwise, and more"
          : `${words.length} rules`;
    return {
      ...group,
      label: words.length ? label : null,
      title: words.length ? titleOf(state, group.fields) || whole : null,
    };
  });
}

/** One transition by itself: its kind, and its rule or errors in words. */
function inWords(
  state: JsonObject,
  { kind, field }: Transition,
): { kind: Grouped["kind"]; label: string | null; title: string | null } {
  const item = (state[String(field[0])] as JsonObject[] | undefined)?.[Number(field[1])];
  const label =
    kind === "choice" && item
      ? ruleInWords(item)
      : kind === "catch" && item
        ? errorsInWords(item)
        : kind === "default"
          ? "otherwise"
          : null;
  const title = label === null ? null : titleOf(state, [field]) || label;
  return { kind: kind === "default" ? "otherwise" : kind, label, title };
}

function titleOf(state: JsonObject, fields: readonly Path[]): string {
  return fields
    .map((field) => {
      const item = (state[String(field[0])] as JsonObject[] | undefined)?.[Number(field[1])];
      if (field[0] === "Choices" && item)
        return typeof item["Condition"] === "string" ? item["Condition"] : ruleInWords(item);
      if (field[0] === "Catch" && item)
        return Array.isArray(item["ErrorEquals"]) ? item["ErrorEquals"].join(", ") : "";
      return field[0] === "Default" ? "otherwise" : "";
    })
    .filter(Boolean)
    .join("\nor ");
}
