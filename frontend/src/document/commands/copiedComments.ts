import { toPointer, type JsonObject, type Path } from "@/asl/types.ts";
import type { Inserted } from "@/document/commands/insert.ts";
import { carried, commentsIn, NO_COMMENTS, withCommentsIn, type Comments } from "@/document/comments.ts";
import { inLayout, type WorkflowDocument } from "@/document/document.ts";
import { withLayout } from "@/document/layout.ts";
import { nameOf, stateAt } from "@/document/places.ts";

/** Copied states as they were, by name, with what YAML says beside them. */
export type Commented = Readonly<Record<string, { readonly state: JsonObject; readonly comments: Comments }>>;

/** The states among these that have comments. */
export function commented(document: WorkflowDocument, paths: readonly Path[]): Commented {
  const all = document.layout.comments ?? NO_COMMENTS;
  return Object.fromEntries(
    paths.flatMap((path) => {
      const state = stateAt(document.definition, path);
      const comments = commentsIn(all, toPointer(path));
      return state && Object.keys(comments).length ? [[nameOf(path), { state, comments }] as const] : [];
    }),
  );
}

/** What was inserted, with the comments of the states that it is a copy of: these are named in the same order. */
export function withComments(inserted: Inserted, names: readonly string[], copied: Commented): Inserted {
  const { document, states } = inserted;
  const comments = states.reduce((found, path, index) => {
    const original = copied[names[index] ?? ""];
    const copy = stateAt(document.definition, path);
    return original && copy
      ? withCommentsIn(found, toPointer(path), carried(original.comments, original.state, copy))
      : found;
  }, document.layout.comments ?? NO_COMMENTS);
  if (comments === document.layout.comments || Object.keys(copied).length === 0) return inserted;
  return { document: inLayout(document, withLayout(document.layout, { comments })), states };
}
