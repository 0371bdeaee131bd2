/** One record of an execution, as the server sends it: a history event, or a note. */
export interface Entry {
  readonly seq: number;
  readonly id: number | null;
  readonly previous_event_id: number | null;
  readonly type: string;
  /** ISO 8601. */
  readonly at: string;
  readonly frame: number;
  readonly scope: Scope;
  readonly state: string | null;
  /** The service's own field names; `input`, `output` and `parameters` are JSON texts. */
  readonly details: Details;
}

/** (container state, index) from the outermost in; empty for the machine itself. */
export type Scope = readonly (readonly [container: string, index: number])[];

export type Details = Readonly<Record<string, unknown>> | null;

/** A text among the details, or null; values that should be JSON text and are not are written as it. */
export function textOf(details: Details, name: string): string | null {
  const value = details?.[name];
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function numberOf(details: Details, name: string): number | null {
  const value = details?.[name];
  return typeof value === "number" ? value : null;
}

/** A moment among the details, in milliseconds, or null. */
export function momentOf(details: Details, name: string): number | null {
  const value = details?.[name];
  if (typeof value !== "string") return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}

export function scopeKey(scope: Scope): string {
  return scope.map(([container, index]) => `${container}\u0000${index}`).join("\u0001");
}

/** Whether an entry is a fact of our own: history events alone have ids. */
export function isNote(entry: Entry): boolean {
  return entry.id === null;
}
