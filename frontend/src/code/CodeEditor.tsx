import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
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
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";

import { actionsAt, completionsAt, helpAt, type HelpText, type Knowledge } from "@/code/completions.ts";
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
  /** What completion and hover help know; without it there is none. */
  knowledge?: Knowledge;
  format?: "json" | "yaml";
  ref?: Ref<CodeEditorHandle>;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.bool, tags.null], color: "var(--code-keyword)" },
]);

/** Options from what is known here, and those the server is asked for. */
function completer(knowledge: () => Knowledge | undefined) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const known = knowledge();
    if (!known) return null;
    const text = context.state.doc.toString();
    const here = completionsAt(text, context.pos, context.explicit, known);
    const actions = await actionsAt(text, context.pos, known).catch(() => null);
    if (context.aborted) return null;
    if (actions?.options.length) return { from: actions.from, options: [...actions.options], filter: false };
    return here && { from: here.from, options: [...here.options], filter: false };
  };
}

/** What a field is for, where the pointer rests. */
function hoverHelp(knowledge: () => Knowledge | undefined) {
  return hoverTooltip((view, offset) => {
    const known = knowledge();
    const help = known && helpAt(view.state.doc.toString(), offset, known);
    return help
      ? { pos: help.from, end: help.to, above: true, create: () => ({ dom: helpElement(help) }) }
      : null;
  });
}

function helpElement({ title, text, examples }: HelpText): HTMLElement {
  const box = document.createElement("div");
  box.className = styles.help ?? "";
  const line = (tag: string, words: string) => {
    const element = document.createElement(tag);
    element.textContent = words;
    box.append(element);
  };
  line("strong", title);
  if (text) line("p", text);
  if (examples.length)
    line(
      "code",
      `For instance ${examples
        .slice(0, 2)
        .map((each) => JSON.stringify(each))
        .join(" or ")}`,
    );
  return box;
}

/** JSON or YAML in CodeMirror: highlighting, folding, search, marks with their messages, completion and help. */
export default function CodeEditor({
  text,
  onChange,
  marks,
  label,
  onCaret,
  knowledge,
  format = "json",
  ref,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const told = useRef({ onChange, onCaret, knowledge });
  useEffect(() => {
    told.current = { onChange, onCaret, knowledge };
  });
  const knows = knowledge !== undefined;
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
          format === "yaml" ? yaml() : json(),
          syntaxHighlighting(colours),
          knows
            ? [
                autocompletion({ override: [completer(() => told.current.knowledge)] }),
                hoverHelp(() => told.current.knowledge),
              ]
            : [],
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
  }, [readOnly, label, knows, format]);

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
