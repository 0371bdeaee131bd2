import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic as Mark } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";

import { completionsAt } from "@/code/completions.ts";
import styles from "./CodeEditor.module.css";

export interface CodeMark {
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

export interface CodeEditorHandle {
  reveal: (from: number, to: number) => void;
}

interface CodeEditorProps {
  text: string;
  onChange?: ((text: string) => void) | undefined;
  marks?: readonly CodeMark[];
  label: string;
  /** The place of the caret, told when it rests somewhere else. */
  onCaret?: (offset: number) => void;
  completes?: boolean;
  ref?: Ref<CodeEditorHandle>;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.bool, tags.null], color: "var(--code-keyword)" },
]);

function complete(context: CompletionContext): CompletionResult | null {
  const found = completionsAt(context.state.doc.toString(), context.pos, context.explicit);
  return found && { from: found.from, options: found.options };
}

/** JSON in CodeMirror: highlighting, folding, search, marks with their messages, completion of ASL fields. */
export default function CodeEditor({
  text,
  onChange,
  marks,
  label,
  onCaret,
  completes,
  ref,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const told = useRef({ onChange, onCaret });
  useEffect(() => {
    told.current = { onChange, onCaret };
  });
  const readOnly = onChange === undefined;

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          json(),
          syntaxHighlighting(colours),
          completes ? autocompletion({ override: [complete] }) : [],
          keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told.current.onChange?.(update.state.doc.toString());
            if (update.selectionSet && !update.docChanged)
              told.current.onCaret?.(update.state.selection.main.head);
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
    // The editor is made once; the text comes to it by the effect below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [readOnly, label, completes]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const here = editor.state.doc.toString();
    if (here === text) return;
    editor.dispatch({ changes: difference(here, text) });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !marks) return;
    const length = editor.state.doc.length;
    const found: Mark[] = marks.map((mark) => ({
      ...mark,
      from: Math.min(mark.from, length),
      to: Math.min(Math.max(mark.to, mark.from), length),
    }));
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [marks, text]);

  useImperativeHandle(ref, () => ({
    reveal: (from, to) => {
      const editor = view.current;
      if (!editor) return;
      const end = Math.min(to, editor.state.doc.length);
      editor.dispatch({
        selection: { anchor: Math.min(from, end), head: end },
        effects: EditorView.scrollIntoView(Math.min(from, end), { y: "center" }),
      });
      editor.focus();
    },
  }));

  return <div ref={host} className={styles.editor} />;
}

/** The one change that makes a text another, so that caret and folds outside it stay. */
function difference(from: string, to: string): { from: number; to: number; insert: string } {
  let start = 0;
  const most = Math.min(from.length, to.length);
  while (start < most && from[start] === to[start]) start++;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  return { from: start, to: from.length - end, insert: to.slice(start, to.length - end) };
}
