import {
  fromPointer,
  isObject,
  toPointer,
  valueAt,
  type Json,
  type JsonObject,
  type Path,
} from "@/asl/types.ts";
import { allStates } from "@/asl/walk.ts";
import { parseJson, RawJson, toValue, type Edit } from "@/document/json.ts";

/**
 * What YAML says beside one field or item of a definition. A definition is JSON, which has no comments, so they are
 * kept in the layout, by the JSON pointer of what they stand at. An empty line is a blank one.
 */
export interface Remark {
  /** The lines above it. */
  readonly before?: readonly string[];
  /** The rest of the line on which it begins. */
  readonly behind?: string;
  /** The lines below the last of what is in it. */
  readonly end?: readonly string[];
}

export type Comments = Readonly<Record<string, Remark>>;

export const NO_COMMENTS: Comments = {};

/** Comments as stored; what is none is left out. */
export function readComments(stored: Json | undefined): Comments {
  if (!isObject(stored)) return NO_COMMENTS;
  const lines = (value: Json | undefined) =>
    Array.isArray(value) && value.every((line) => typeof line === "string") ? (value as string[]) : [];
  return Object.fromEntries(
    Object.entries(stored).flatMap(([pointer, remark]): [string, Remark][] => {
      if (!isObject(remark)) return [];
      const behind = typeof remark["behind"] === "string" ? remark["behind"] : "";
      const found = joined({ before: lines(remark["before"]), behind, end: lines(remark["end"]) });
      return found ? [[pointer, found]] : [];
    }),
  );
}

/** A remark without what says nothing; null when nothing is left. */
export function joined({ before = [], behind = "", end = [] }: Remark): Remark | null {
  if (before.length === 0 && behind === "" && end.length === 0) return null;
  return {
    ...(before.length ? { before } : {}),
    ...(behind ? { behind } : {}),
    ...(end.length ? { end } : {}),
  };
}

/** The comments at a value and in it, by their pointers from there. */
export function commentsIn(comments: Comments, pointer: string): Comments {
  const found = Object.entries(comments).filter(([at]) => isUnder(at, pointer));
  return Object.fromEntries(found.map(([at, remark]) => [at.slice(pointer.length), remark]));
}

/** The comments with others put at a value and in it, where none stand yet. */
export function withCommentsIn(comments: Comments, pointer: string, added: Comments): Comments {
  const moved = Object.entries(added).map(([at, remark]) => [pointer + at, remark] as const);
  return { ...Object.fromEntries(moved), ...comments };
}

/** The comments after one edit of the definition: each goes with what it stands at, and away with it. */
export function afterEdit(comments: Comments, before: Json, edit: Edit): Comments {
  const parent = edit.path.slice(0, -1);
  const holder = valueAt(before, parent);
  const here = toPointer(edit.path);
  const index = Number(edit.path.at(-1));
  switch (edit.op) {
    case "rename":
      return moved(comments, here, toPointer([...parent, edit.key]));
    case "remove": {
      const left = without(comments, here);
      return Array.isArray(holder) ? renumbered(left, toPointer(parent), index, -1) : left;
    }
    case "insert":
      return Array.isArray(holder) ? renumbered(comments, toPointer(parent), index, 1) : comments;
    case "set": {
      const old = valueAt(before, edit.path);
      if (old === undefined) return comments;
      const value = edit.value instanceof RawJson ? toValue(parseJson(edit.value.text)) : edit.value;
      const inside = carried(commentsIn(comments, here), old, value);
      return withCommentsIn(without(comments, here), here, inside);
    }
  }
}

interface Branch {
  remark: Remark | null;
  readonly children: Map<string, Branch>;
}

/**
 * The comments of a value after it was written anew, as by typing. A field keeps its own by its name, an item by its
 * place among those that stayed; a state that went to another place takes them along.
 */
export function carried(comments: Comments, before: Json, after: Json): Comments {
  if (before === after || Object.keys(comments).length === 0) return comments;
  const found: Record<string, Remark> = {};
  const stateNames = (value: Json) =>
    new Map(isObject(value) ? allStates(value).map((at) => [at.name, at.path] as const) : []);
  const [oldStates, states] = [stateNames(before), stateNames(after)];
  const follow = (branch: Branch, from: Path, to: Path) => {
    if (branch.remark) found[toPointer(to)] = branch.remark;
    if (branch.children.size === 0) return;
    const [old, next] = [valueAt(before, from) ?? null, valueAt(after, to) ?? null];
    const place = Array.isArray(old) && Array.isArray(next) ? itemPlaces(old, next) : null;
    const named = isObject(old) && isObject(next) ? namePlaces(old, next) : null;
    for (const [step, child] of branch.children) {
      if (valueAt(old, [step]) === undefined) continue;
      const stays = isObject(next) && Object.hasOwn(next, step);
      const elsewhere = stays || !oldStates.has(step) ? undefined : states.get(step);
      const now = place ? place.get(Number(step)) : named?.(step);
      const goes = elsewhere ?? (now === undefined || now === null ? null : [...to, now]);
      if (goes) follow(child, [...from, step], goes);
    }
  };
  follow(tree(comments), [], []);
  return found;
}

function tree(comments: Comments): Branch {
  const root: Branch = { remark: null, children: new Map() };
  for (const [pointer, remark] of Object.entries(comments)) {
    let at = root;
    for (const step of fromPointer(pointer)) {
      const next = at.children.get(step) ?? { remark: null, children: new Map<string, Branch>() };
      at.children.set(step, next);
      at = next;
    }
    at.remark = remark;
  }
  return root;
}

/** Which name a field has now: its own, or the one that came in its place. */
function namePlaces(old: JsonObject, next: JsonObject): (name: string) => string | null {
  const gone = Object.keys(old).filter((name) => !Object.hasOwn(next, name));
  const come = Object.keys(next).filter((name) => !Object.hasOwn(old, name));
  return (name) => {
    if (Object.hasOwn(next, name)) return name;
    const same = come.find((other) => equal(old[name], next[other]));
    return same ?? (gone.length === come.length ? (come[gone.indexOf(name)] ?? null) : null);
  };
}

/** Where the items of a list are now, by their old index. */
function itemPlaces(old: readonly Json[], next: readonly Json[]): Map<number, number> {
  const places = new Map<number, number>();
  const most = Math.min(old.length, next.length);
  let head = 0;
  while (head < most && equal(old[head], next[head])) places.set(head, head++);
  let tail = 0;
  while (tail < most - head && equal(old[old.length - 1 - tail], next[next.length - 1 - tail])) {
    places.set(old.length - 1 - tail, next.length - 1 - tail);
    tail++;
  }
  const free = next.map((_, index) => index).slice(head, next.length - tail);
  const left: number[] = [];
  for (let index = head; index < old.length - tail; index++) {
    const at = free.findIndex((other) => equal(old[index], next[other]));
    if (at < 0) left.push(index);
    else places.set(index, free.splice(at, 1)[0] ?? 0);
  }
  // What was changed in its place keeps it.
  if (left.length === free.length) left.forEach((index, at) => places.set(index, free[at] ?? index));
  return places;
}

function equal(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function isUnder(pointer: string, above: string): boolean {
  return pointer === above || pointer.startsWith(`${above}/`);
}

function without(comments: Comments, pointer: string): Comments {
  return Object.fromEntries(Object.entries(comments).filter(([at]) => !isUnder(at, pointer)));
}

function moved(comments: Comments, from: string, to: string): Comments {
  return Object.fromEntries(
    Object.entries(comments).map(([at, remark]) => [
      isUnder(at, from) ? to + at.slice(from.length) : at,
      remark,
    ]),
  );
}

/** The items of a list from an index on, counted anew. */
function renumbered(comments: Comments, list: string, from: number, by: 1 | -1): Comments {
  return Object.fromEntries(
    Object.entries(comments).map(([at, remark]) => {
      const [step = "", ...rest] = at.startsWith(`${list}/`) ? at.slice(list.length + 1).split("/") : [];
      if (!/^\d+$/.test(step) || Number(step) < from) return [at, remark];
      return [[list, Number(step) + by, ...rest].join("/"), remark];
    }),
  );
}
