import { HighlightStyle } from "@codemirror/language";
import { RangeSet, StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-key)" },
  { tag: [tags.string, tags.content], color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.bool, tags.null], color: "var(--code-keyword)" },
  { tag: tags.comment, color: "var(--text-muted)", fontStyle: "italic" },
]);

export interface Held {
  readonly from: number;
  readonly to: number;
}

/** Marks the lines of what is selected beside the text; null marks none. */
export const holdLines = StateEffect.define<Held | null>();

const MOST_LINES = 2000;
const line = Decoration.line({ class: "cm-held" });

export const heldLines: Extension = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update: (found, transaction) => {
    for (const effect of transaction.effects) {
      if (!effect.is(holdLines)) continue;
      if (effect.value === null) return RangeSet.empty;
      const { doc } = transaction.state;
      const first = doc.lineAt(Math.min(effect.value.from, doc.length)).number;
      const last = doc.lineAt(Math.min(effect.value.to, doc.length)).number;
      const lines = Array.from({ length: Math.min(last - first + 1, MOST_LINES) }, (_, at) =>
        line.range(doc.line(first + at).from),
      );
      return Decoration.set(lines);
    }
    return found.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
