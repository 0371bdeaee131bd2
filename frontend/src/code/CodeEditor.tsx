import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  type KeyBinding,
} from "@codemirror/view";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from "react";
import { flushSync } from "react-dom";

import type { Path } from "@/asl/types.ts";
import { assistance, sourceOf, type Format } from "@/code/assist.ts";
import { openReplace, RUNS } from "@/code/commands.ts";
import type { Knowledge } from "@/code/completions.ts";
import { colours, heldLines, holdLines } from "@/code/editorLooks.ts";
import type { EditorCommandId } from "@/code/keys.ts";
import { pathAt, placesIn } from "@/code/notation.ts";
import { makeRest } from "@/code/rest.ts";
import styles from "./CodeEditor.module.css";

/** Something to be said of a place: an offset, or what a path leads to. */
export interface CodeMark {
  readonly at: number | Path;
  readonly severity: "error" | "warning";
  readonly message: string;
}

export interface CodeEditorHandle {
  /** Puts the caret at a place and takes the focus there. */
  reveal: (at: number | Path) => void;
  /** Scrolls to a place and leaves caret and focus where they are. */
  show: (at: Path) => void;
  /** Takes the focus, and does a command. */
  run: (command?: EditorCommandId) => void;
}

interface CodeEditorProps {
  text: string;
  /** Where it opens: with the caret at an offset, or with a place in view. */
  opensAt?: number | Path | undefined;
  onChange?: ((text: string) => void) | undefined;
  /** The text is told when typing rests, not with every letter. */
  rests?: boolean;
  marks?: readonly CodeMark[];
  label: string;
  /** The path of what the caret is in, told when it rests somewhere else. */
  onCaret?: (path: Path) => void;
  /** What is selected beside the text; its lines are marked. */
  held?: Path | null;
  /** What completion and hover help know; without it there is none. */
  knowledge?: Knowledge | undefined;
  format?: Format;
  /** Keys that come before the editor's own. */
  keys?: Readonly<Record<string, () => void>>;
  /** Undoes for the whole document; without it the editor undoes what was typed in it. */
  onUndo?: () => void;
  onRedo?: () => void;
  ref?: Ref<CodeEditorHandle>;
}

/** JSON or YAML in CodeMirror: highlighting, folding, search, marks with their messages, completion and help. */
export default function CodeEditor(props: CodeEditorProps) {
  const { text, onChange, rests = false, marks, label, held, knowledge, format = "json", ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const told = useRef(props);
  useLayoutEffect(() => {
    told.current = props;
  });
  const knows = knowledge !== undefined;
  const readOnly = onChange === undefined;
  const ownHistory = props.onUndo === undefined;
  const lastTold = useRef<string | null>(null);

  // Together with the page around it: whoever hands the keyboard on to the editor loses no key in between.
  useLayoutEffect(() => {
    if (!host.current) return;
    const typing = makeRest(() => {
      if (!view.current) return;
      lastTold.current = view.current.state.doc.toString();
      told.current.onChange?.(lastTold.current);
    });
    const resting = makeRest(() => {
      const state = view.current?.state;
      if (state) told.current.onCaret?.(pathAt(sourceOf(state, format), state.selection.main.head));
    });
    const tellNow = () => flushSync(typing.flush);
    const after = (act: () => void) => () => {
      tellNow();
      act();
      return true;
    };
    const named = Object.keys(told.current.keys ?? {});
    const bindings: KeyBinding[] = [
      ...named.map((key) => ({ key, run: after(() => told.current.keys?.[key]?.()), preventDefault: true })),
      ...(ownHistory
        ? []
        : [
            { key: "Mod-z", run: after(() => told.current.onUndo?.()), preventDefault: true },
            { key: "Mod-y", run: after(() => told.current.onRedo?.()), preventDefault: true },
            { key: "Mod-Shift-z", run: after(() => told.current.onRedo?.()), preventDefault: true },
          ]),
      { key: "Mod-h", run: (editor) => !readOnly && openReplace(editor) },
      // Saving is the page's; it saves what is typed by now.
      { key: "Mod-s", run: () => (tellNow(), false) },
    ];
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: told.current.text,
        extensions: [
          Prec.high(keymap.of(bindings)),
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          ownHistory ? [history(), keymap.of(historyKeymap)] : [],
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          heldLines,
          format === "yaml" ? yaml() : json(),
          syntaxHighlighting(colours),
          knows ? assistance(format, () => told.current.knowledge, styles.help ?? "") : [],
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...searchKeymap,
            ...foldKeymap,
            ...lintKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false" }),
          EditorView.updateListener.of((update) => {
            const fromOutside = update.transactions.some((each) => each.isUserEvent("outside"));
            if (update.docChanged && !fromOutside) {
              if (rests) typing.later(restAfter(update.state.doc.length));
              else typing.now();
            }
            if (update.selectionSet || (update.docChanged && !fromOutside)) resting.later(CARET_RESTS);
          }),
          EditorView.domEventHandlers({ blur: () => typing.flush() }),
        ],
      }),
    });
    view.current = made;
    // What was typed last is told before the page is gone.
    window.addEventListener("pagehide", tellNow);
    return () => {
      window.removeEventListener("pagehide", tellNow);
      typing.flush();
      resting.drop();
      view.current = null;
      made.destroy();
    };
  }, [readOnly, label, knows, format, rests, ownHistory]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    // What came from here may be typed on meanwhile.
    if (text === lastTold.current) return;
    lastTold.current = null;
    const here = editor.state.doc.toString();
    if (here === text) return;
    const change = difference(here, text);
    const { head } = editor.state.selection.main;
    const isIn = change.from < head && head <= change.to;
    const path = isIn ? pathAt(sourceOf(editor.state, format), head) : null;
    editor.dispatch({ changes: change, userEvent: "outside" });
    const range = path && placesIn(sourceOf(editor.state, format))(path);
    if (range) editor.dispatch({ selection: { anchor: range.from }, scrollIntoView: editor.hasFocus });
  }, [text, format]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !marks) return;
    editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state, format, marks)));
  }, [marks, text, format]);

  const heldPointer = held ? JSON.stringify(held) : null;
  useEffect(() => {
    const editor = view.current;
    if (!editor || held === undefined) return;
    const range = held && placesIn(sourceOf(editor.state, format))(held);
    editor.dispatch({ effects: holdLines.of(range ?? null) });
    // A path is the same while it says the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [heldPointer, text, format]);

  // Once, as it is seen for the first time.
  useLayoutEffect(() => {
    const { opensAt } = told.current;
    if (!view.current || opensAt === undefined) return;
    if (typeof opensAt === "number") reveal(view.current, opensAt, told.current.format);
    else show(view.current, opensAt, told.current.format);
  }, []);

  useImperativeHandle(ref, () => ({
    reveal: (at) => view.current && reveal(view.current, at, format),
    show: (at) => view.current && show(view.current, at, format),
    run: (command) => {
      view.current?.focus();
      if (view.current && command) RUNS[command](view.current);
    },
  }));

  return <div ref={host} className={styles.editor} />;
}

const CARET_RESTS = 120;
/** Larger texts take longer to be read and drawn. */
const LARGE = 200_000;

function restAfter(length: number): number {
  return length > LARGE ? 500 : 150;
}

function diagnosticsOf(state: EditorState, format: Format, marks: readonly CodeMark[]): Diagnostic[] {
  const find = marks.some(({ at }) => typeof at !== "number") ? placesIn(sourceOf(state, format)) : null;
  return marks.flatMap(({ at, severity, message }): Diagnostic[] => {
    if (typeof at === "number") {
      const from = Math.min(at, state.doc.length);
      return [{ from, to: Math.min(from + 1, state.doc.length), severity, message }];
    }
    for (let length = at.length; length >= 0; length--) {
      const range = find?.(at.slice(0, length));
      if (!range) continue;
      // A value on one line is marked as a whole, of more only the name.
      const whole = range.to <= state.doc.lineAt(range.from).to;
      return [{ from: range.from, to: whole ? range.to : range.nameTo, severity, message }];
    }
    return [];
  });
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

function reveal(editor: EditorView, at: number | Path, format: Format = "json"): void {
  const place = placeOf(editor, at, format);
  if (place === null) return;
  editor.dispatch({
    selection: { anchor: place },
    effects: EditorView.scrollIntoView(place, { y: "center" }),
  });
  editor.focus();
}

function show(editor: EditorView, at: Path, format: Format = "json"): void {
  const place = placeOf(editor, at, format);
  if (place === null) return;
  editor.dispatch({ effects: EditorView.scrollIntoView(place, { y: "start", yMargin: 60 }) });
}

/** Where a path stands, or the innermost that there is around it. */
function placeOf(editor: EditorView, at: number | Path, format: Format): number | null {
  if (typeof at === "number") return Math.min(at, editor.state.doc.length);
  const find = placesIn(sourceOf(editor.state, format));
  for (let length = at.length; length >= 0; length--) {
    const range = find(at.slice(0, length));
    if (range) return range.from;
  }
  return null;
}
