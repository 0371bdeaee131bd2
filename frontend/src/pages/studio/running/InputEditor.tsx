import { lazy, Suspense, useLayoutEffect, useMemo, useRef } from "react";

import type { CodeEditorHandle } from "@/code/CodeEditor.tsx";
import type { JsonSyntaxError } from "@/document/json.ts";
import styles from "./RunDialog.module.css";

const CodeEditor = lazy(() => import("@/code/CodeEditor.tsx"));

interface InputEditorProps {
  text: string;
  onChange: (text: string) => void;
  wrong: JsonSyntaxError | null;
}

/** The input of a run. It has the keyboard from the first moment: until the editor is there a plain field takes it. */
export function InputEditor(props: InputEditorProps) {
  const { text, onChange } = props;
  const caret = useRef(text === "{}" ? 1 : 0);
  return (
    <Suspense
      fallback={
        <textarea
          className={styles.plain}
          aria-label="Input"
          spellCheck={false}
          // The dialog was opened to write here.
          autoFocus
          value={text}
          onFocus={(event) => event.currentTarget.setSelectionRange(caret.current, caret.current)}
          onChange={(event) => {
            // At once: "select" comes a moment later, and the editor may be there by then.
            caret.current = event.target.selectionStart;
            onChange(event.target.value);
          }}
          onSelect={(event) => {
            caret.current = event.currentTarget.selectionStart;
          }}
        />
      }
    >
      <Editor {...props} caret={caret} />
    </Suspense>
  );
}

function Editor({
  text,
  onChange,
  wrong,
  caret,
}: InputEditorProps & { caret: { readonly current: number } }) {
  const handle = useRef<CodeEditorHandle>(null);
  // Before another key can come: the plain field is gone by now.
  useLayoutEffect(() => handle.current?.reveal(caret.current), [caret]);
  const marks = useMemo(
    () => (wrong ? [{ at: wrong.offset, severity: "error" as const, message: wrong.reason }] : []),
    [wrong],
  );
  return <CodeEditor label="Input" text={text} onChange={onChange} marks={marks} ref={handle} />;
}
