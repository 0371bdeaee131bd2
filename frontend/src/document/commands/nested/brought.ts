import type { Path } from "@/asl/types.ts";
import { allStates } from "@/asl/walk.ts";
import { rename } from "@/document/commands/rename.ts";
import { languageEdits } from "@/document/commands/switchLanguage.ts";
import { withEdits, withLayout, type Layout, type WorkflowDocument } from "@/document/document.ts";
import { nodeAt, RawJson, type parseJson } from "@/document/json.ts";
import { partOf } from "@/document/layout.ts";
import { freeName, takenNames } from "@/document/places.ts";
import type { Moved } from "./extract.ts";
import { languageIn } from "./passage.ts";

/** A workflow's states in another one. */
export interface Brought {
  readonly document: WorkflowDocument;
  readonly states: readonly Path[];
  /** Whether they stand in a Parallel state, since more than plain passing happens on the way in or out. */
  readonly boxed: boolean;
  /** The states and variables that are called otherwise here, in words: "A" is "A 2". */
  readonly renamed: ReadonlyMap<string, string>;
}

/** From where states stand in the workflow to where they stand here. */
export type Shift = Omit<Moved, "notes">;

export const NO_SHIFT: Shift = { shift: { x: 0, y: 0 }, noteShift: { x: 0, y: 0 } };

/** A workflow whose states can stand in another one, and what had to be renamed for that. */
interface Ready {
  readonly nested: WorkflowDocument;
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * The workflow with names that are free in the scope's definition, and each state saying its language where that
 * is another. `leaving` is the name of a state that goes.
 */
export function prepared(
  document: WorkflowDocument,
  scope: Path,
  nested: WorkflowDocument,
  leaving?: string,
): Ready {
  const renamed = new Map<string, string>();
  const taken = takenNames(document.definition);
  if (leaving !== undefined) taken.delete(leaving);
  const own = takenNames(nested.definition);
  let edited = nested;
  // The innermost first: what is renamed later does not change the way to what is inside it.
  for (const { name, path: at } of [...allStates(nested.definition)].reverse()) {
    if (!taken.has(name)) continue;
    const free = freeName(new Set([...taken, ...own]), name);
    own.add(free);
    renamed.set(name, free);
    edited = rename(edited, at, free);
  }
  const language = languageIn(nested.definition, []);
  const here = languageIn(document.definition, scope);
  if (language === here) return { nested: edited, renamed };
  const silent = allStates(edited.definition).filter(({ state }) => state["QueryLanguage"] === undefined);
  const edits = languageEdits(
    edited.definition,
    silent.map((at) => at.path),
    language,
  );
  return { nested: withEdits(edited, edits), renamed };
}

/** A layout with that of the brought states in it. */
export function joined(
  layout: Layout,
  nested: WorkflowDocument,
  outer: ReadonlySet<string>,
  shift: Shift,
): Layout {
  const notes = nested.layout.notes ?? [];
  const part = partOf(nested.layout, {
    inner: takenNames(nested.definition),
    outer,
    notes: notes.map(({ id }) => id),
    ...shift,
  });
  const taken = new Set((layout.notes ?? []).map(({ id }) => id));
  const brought = (part.notes ?? []).map((note) => {
    let [id, number] = [note.id, taken.size + 1];
    while (taken.has(id)) id = `note-${number++}`;
    taken.add(id);
    return { ...note, id };
  });
  return withLayout(layout, {
    positions: { ...layout.positions, ...part.positions },
    folded: [...(layout.folded ?? []), ...(part.folded ?? [])],
    notes: [...(layout.notes ?? []), ...brought],
    disabled: { ...layout.disabled, ...part.disabled },
    pins: { ...layout.pins, ...part.pins },
  });
}

/** The text of a value as it is typed. */
export function rawAt(text: string, root: ReturnType<typeof parseJson>, path: Path): RawJson {
  const node = nodeAt(root, path);
  return new RawJson(node ? text.slice(node.start, node.end) : "{}");
}
