import { isObject, sameJson, type Json, type JsonObject } from "@/asl/types.ts";
import { readComments, type Comments } from "@/document/comments.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const NOTE_TONES = ["plain", "petrol", "sand"] as const;
export type NoteTone = (typeof NOTE_TONES)[number];

/** A sticky note: words beside the graph, for people. */
export interface Note {
  readonly id: string;
  /** From the start of the graph. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly tone: NoteTone;
}

/** A disabled state as it was, and since when it is. */
export interface Disabled {
  readonly state: JsonObject;
  readonly since: string;
  /** The comments that stood in what the Pass state does not have, by their pointers from the state. */
  readonly comments?: Comments;
}

export type Direction = "down" | "right";

/**
 * What is drawn by hand and never part of the definition. A field that holds nothing is left out, and a field
 * that is not known here is kept as it came.
 */
export interface Layout {
  /** Places that differ from the automatic ones, by node id, from the anchor of the node's scope. */
  readonly positions: Readonly<Record<string, Point>>;
  /** The boxes that are folded, by node id. */
  readonly folded?: readonly string[];
  readonly notes?: readonly Note[];
  /** The states that are disabled; in the definition each is a Pass state. */
  readonly disabled?: Readonly<Record<string, Disabled>>;
  readonly direction?: "right";
  /** Outputs that trials are given, by the name of their state. */
  readonly pins?: Readonly<Record<string, Json>>;
  /** The comments of the definition as YAML. */
  readonly comments?: Comments;
}

export const EMPTY_LAYOUT: Layout = { positions: {} };

/** Whether two layouts say the same; a database may keep the fields of an object in an order of its own. */
export function sameLayout(one: Layout, other: Layout): boolean {
  return sameJson(one as unknown as Json, other as unknown as Json);
}

/** A layout as stored; what cannot be read in it is left out. */
export function readLayout(stored: unknown): Layout {
  if (!isObject(stored as Json)) return EMPTY_LAYOUT;
  const { positions, folded, notes, disabled, direction, pins, comments, ...others } = stored as JsonObject;
  return compact({
    ...others,
    positions: Object.fromEntries(
      entriesOf(positions).flatMap(([name, at]): [string, Point][] => {
        const point = pointOf(at);
        return point ? [[name, point]] : [];
      }),
    ),
    folded: Array.isArray(folded) ? folded.filter((id): id is string => typeof id === "string") : [],
    notes: Array.isArray(notes) ? notes.flatMap(noteOf) : [],
    disabled: Object.fromEntries(
      entriesOf(disabled).flatMap(([id, entry]): [string, Disabled][] =>
        isObject(entry) && isObject(entry["state"]) ? [[id, disabledOf(entry["state"], entry)]] : [],
      ),
    ),
    ...(direction === "right" ? { direction } : {}),
    pins: Object.fromEntries(entriesOf(pins)),
    comments: readComments(comments),
  });
}

/** The layout with some of it replaced; undefined and empty take a field away. */
export function withLayout(
  layout: Layout,
  change: {
    readonly [Key in keyof Layout]?: Layout[Key] | undefined;
  },
): Layout {
  return compact({ ...layout, ...change } as Layout);
}

/** The layout without what it says of these states. */
export function withoutStates(layout: Layout, gone: ReadonlySet<string>): Layout {
  const rest = <T>(record: Readonly<Record<string, T>> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(record ?? {}).filter(([id]) => !gone.has(id)));
  const known = [
    ...Object.keys(layout.positions),
    ...(layout.folded ?? []),
    ...Object.keys(layout.disabled ?? {}),
    ...Object.keys(layout.pins ?? {}),
  ];
  if (!known.some((id) => gone.has(id))) return layout;
  return withLayout(layout, {
    positions: rest(layout.positions),
    folded: (layout.folded ?? []).filter((id) => !gone.has(id)),
    disabled: rest(layout.disabled),
    pins: rest(layout.pins),
  });
}

/** The part of a layout that belongs to some states and notes. Those of the outermost scope are moved. */
export function partOf(
  layout: Layout,
  part: {
    readonly inner: ReadonlySet<string>;
    readonly outer: ReadonlySet<string>;
    readonly shift: Point;
    readonly notes: readonly string[];
    readonly noteShift: Point;
  },
): Layout {
  const { inner, outer, shift, notes, noteShift } = part;
  const taken = <T>(record: Readonly<Record<string, T>> | undefined): [string, T][] =>
    Object.entries(record ?? {}).filter(([id]) => inner.has(id) || outer.has(id));
  return compact({
    positions: Object.fromEntries(
      taken(layout.positions).map(([id, at]) => [id, outer.has(id) ? moved(at, shift) : at]),
    ),
    folded: (layout.folded ?? []).filter((id) => inner.has(id) || outer.has(id)),
    notes: (layout.notes ?? [])
      .filter(({ id }) => notes.includes(id))
      .map((note) => ({ ...note, ...moved(note, noteShift) })),
    disabled: Object.fromEntries(taken(layout.disabled)),
    ...(layout.direction ? { direction: layout.direction } : {}),
    pins: Object.fromEntries(taken(layout.pins)),
  });
}

function moved(at: Point, by: Point): Point {
  return { x: at.x + by.x, y: at.y + by.y };
}

/** The layout after a state got another name. */
export function renamedIn(layout: Layout, old: string, name: string): Layout {
  const renamed = <T>(record: Readonly<Record<string, T>> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(record ?? {}).map(([id, value]) => [id === old ? name : id, value]));
  return withLayout(layout, {
    positions: renamed(layout.positions),
    folded: (layout.folded ?? []).map((id) => (id === old ? name : id)),
    disabled: renamed(layout.disabled),
    pins: renamed(layout.pins),
  });
}

function compact(layout: Layout): Layout {
  const { folded, notes, disabled, direction, pins, comments, ...rest } = layout;
  return {
    ...rest,
    ...(folded?.length ? { folded } : {}),
    ...(notes?.length ? { notes } : {}),
    ...(disabled && Object.keys(disabled).length ? { disabled } : {}),
    ...(direction ? { direction } : {}),
    ...(pins && Object.keys(pins).length ? { pins } : {}),
    ...(comments && Object.keys(comments).length ? { comments } : {}),
  };
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

function disabledOf(state: JsonObject, entry: JsonObject): Disabled {
  const comments = readComments(entry["comments"]);
  const since = String(entry["since"] ?? "");
  return Object.keys(comments).length ? { state, since, comments } : { state, since };
}

function pointOf(value: Json): Point | null {
  if (!isObject(value)) return null;
  const { x, y } = value;
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}

function noteOf(value: Json): Note[] {
  const at = pointOf(value);
  if (!at || !isObject(value)) return [];
  const { id, width, height, text, tone } = value;
  if (typeof id !== "string" || typeof text !== "string") return [];
  return [
    {
      id,
      ...at,
      width: typeof width === "number" ? width : NOTE_WIDTH,
      height: typeof height === "number" ? height : NOTE_HEIGHT,
      text,
      tone: NOTE_TONES.find((each) => each === tone) ?? "plain",
    },
  ];
}

export const NOTE_WIDTH = 220;
export const NOTE_HEIGHT = 120;
export const LEAST_NOTE = { width: 120, height: 60 } as const;
