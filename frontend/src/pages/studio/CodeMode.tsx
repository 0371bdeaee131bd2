import { lazy, Suspense, useMemo, useRef, type RefObject } from "react";

import { Canvas, type CanvasHandle } from "@/canvas/Canvas.tsx";
import type { CodeEditorHandle, CodeMark } from "@/code/CodeEditor.tsx";
import { withText } from "@/document/document.ts";
import { formatJson, nodeAt, parseJson, pathAt } from "@/document/json.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { fromPointer } from "@/asl/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/icons.tsx";
import { locate, type LocatedProblem } from "./problems.ts";
import type { Editor } from "./useEditor.ts";
import styles from "./CodeMode.module.css";

const CodeEditor = lazy(() => import("@/code/CodeEditor.tsx"));

interface CodeModeProps {
  editor: Editor;
  graph: PlacedGraph;
  selected: readonly string[];
  onSelect: (ids: readonly string[]) => void;
  problems: readonly LocatedProblem[];
  canvas: RefObject<CanvasHandle | null>;
  mayEdit: boolean;
}

/** The definition as text beside its graph. What cannot be read pauses the graph and loses nothing. */
export function CodeMode({ editor, graph, selected, onSelect, problems, canvas, mayEdit }: CodeModeProps) {
  const code = useRef<CodeEditorHandle>(null);
  const { document } = editor;
  const { text, problem } = document;
  const marks = useMemo<CodeMark[]>(() => {
    if (problem)
      return [{ from: problem.offset, to: problem.offset + 1, severity: "error", message: problem.reason }];
    const root = parseJson(text);
    return problems.flatMap((each) => {
      const steps = fromPointer(each.location);
      for (let length = steps.length; length >= 0; length--) {
        const node = nodeAt(root, steps.slice(0, length));
        if (node)
          return [
            {
              from: node.start,
              to: node.kind === "scalar" ? node.end : node.start + 1,
              severity: each.severity === "ERROR" ? ("error" as const) : ("warning" as const),
              message: each.message,
            },
          ];
      }
      return [];
    });
  }, [text, problem, problems]);

  const reveal = (id: string) => {
    const path = graph.nodes.get(id)?.path;
    const node = path && !problem ? nodeAt(parseJson(text), path) : null;
    if (node) code.current?.reveal(node.start, node.start);
  };
  const caret = (offset: number) => {
    if (problem) return;
    const pointer = pathAt(parseJson(text), offset)
      .map((step) => "/" + String(step).replaceAll("~", "~0").replaceAll("/", "~1"))
      .join("");
    const [found] = locate([{ severity: "WARNING", code: "", message: "", location: pointer }], graph);
    if (found?.node != null && found.node !== selected[0]) {
      onSelect([found.node]);
      canvas.current?.center(found.node);
    }
  };
  const format = () =>
    editor.edit("format the definition", (before) =>
      before.problem ? before : withText(before, formatJson(before.text) + "\n"),
    );

  return (
    <div className={styles.mode}>
      <div className={styles.half}>
        <div className={styles.bar}>
          <span className="small muted grow">Amazon States Language, JSON. Ctrl Space completes.</span>
          {mayEdit && (
            <>
              <Button
                kind="quiet"
                small
                icon="undo-2"
                onClick={editor.undo}
                disabled={editor.undoLabel === null}
                title={editor.undoLabel ? `Undo: ${editor.undoLabel}` : "Undo"}
              >
                Undo
              </Button>
              <Button kind="quiet" small icon="list-tree" onClick={format} disabled={problem !== null}>
                Format
              </Button>
            </>
          )}
        </div>
        <div className={styles.editor} data-testid="code-editor">
          <Suspense fallback={<p className={styles.loading}>Opening the editor</p>}>
            <CodeEditor
              ref={code}
              label="Definition"
              text={text}
              marks={marks}
              completes
              onCaret={caret}
              onChange={
                mayEdit
                  ? (next) => editor.edit("edit the definition", (before) => withText(before, next), "code")
                  : undefined
              }
            />
          </Suspense>
        </div>
        <ul className={styles.problems} aria-label="Problems">
          {problem ? (
            <li>
              <button type="button" onClick={() => code.current?.reveal(problem.offset, problem.offset + 1)}>
                <Icon name="circle-x" size="s" label="Error" />
                <span className="num">
                  Line {problem.line}, column {problem.column}
                </span>
                <span className="grow">{problem.reason}</span>
              </button>
            </li>
          ) : (
            problems.map((each, index) => (
              <li key={`${each.location} ${each.message}`}>
                <button
                  type="button"
                  onClick={() => marks[index] && code.current?.reveal(marks[index].from, marks[index].to)}
                  data-severity={each.severity}
                >
                  <Icon
                    name={each.severity === "ERROR" ? "circle-x" : "triangle-alert"}
                    size="s"
                    label={each.severity === "ERROR" ? "Error" : "Warning"}
                  />
                  <strong>{each.node ?? "Workflow"}</strong>
                  <span className="grow">{each.message}</span>
                </button>
              </li>
            ))
          )}
          {!problem && problems.length === 0 && <li className={styles.fine}>No problems</li>}
        </ul>
      </div>
      <div className={styles.half}>
        <div className={styles.graph}>
          <Canvas
            ref={canvas}
            graph={graph}
            label="Graph of the definition"
            selected={selected}
            onSelect={(ids) => {
              onSelect(ids);
              if (ids[0] !== undefined) reveal(ids[0]);
            }}
            dimmed={problem !== null}
          />
        </div>
        {problem && (
          <p className={styles.paused} role="status" data-testid="graph-paused">
            <Icon name="circle-x" size="s" />
            <span>
              The graph is paused. Line {problem.line}, column {problem.column}: {problem.reason}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
