import { lazy, Suspense, useMemo, useRef, useState, type RefObject } from "react";

import { Canvas, type CanvasHandle } from "@/canvas/Canvas.tsx";
import type { CodeEditorHandle, CodeMark } from "@/code/CodeEditor.tsx";
import { pathAtOffset, rangeAt, readYaml, yamlOf, type YamlProblem } from "@/code/yamlText.ts";
import { withText } from "@/document/document.ts";
import { formatJson, nodeAt, parseJson, pathAt } from "@/document/json.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { fromPointer, toPointer, type Path } from "@/asl/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { locate, type LocatedProblem } from "./problems.ts";
import { ProblemLines } from "./ProblemLines.tsx";
import type { Editor } from "./useEditor.ts";
import { useFirstFit } from "./useFirstFit.ts";
import { useKnowledge } from "./useKnowledge.ts";
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
  onFix: (problem: LocatedProblem) => void;
  /** Why the YAML cannot be read, while it cannot; the document keeps what it meant before. */
  onBroken: (problem: YamlProblem | null) => void;
}

/** The definition as JSON or YAML beside its graph. What cannot be read pauses the graph and loses nothing. */
export function CodeMode(props: CodeModeProps) {
  const { editor, graph, selected, onSelect, problems, canvas, mayEdit } = props;
  const code = useRef<CodeEditorHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { document } = editor;
  const [format, setFormat] = useState<"json" | "yaml">("json");
  // While YAML is typed its text stays as typed; the document follows whenever it can be read.
  const [yaml, setYaml] = useState<{ text: string; of: string } | null>(null);
  const [broken, setBroken] = useState<YamlProblem | null>(null);
  const inYaml = format === "yaml";
  const problem = inYaml ? broken : document.problem;
  const text = inYaml
    ? yaml && (broken || yaml.of === document.text)
      ? yaml.text
      : yamlOf(document.definition)
    : document.text;
  const knowledge = useKnowledge(document.definition);
  useFirstFit(canvas, frame);

  const rangeOf = (path: Path): readonly [number, number] | null => {
    for (let length = path.length; length >= 0; length--) {
      if (inYaml) {
        const range = rangeAt(text, path.slice(0, length));
        if (range) return range;
        continue;
      }
      const node = nodeAt(parseJson(text), path.slice(0, length));
      if (node) return [node.start, node.kind === "scalar" ? node.end : node.start + 1];
    }
    return null;
  };
  const marks = useMemo<CodeMark[]>(() => {
    if (problem)
      return [{ from: problem.offset, to: problem.offset + 1, severity: "error", message: problem.reason }];
    return problems.flatMap((each) => {
      const range = rangeOf(fromPointer(each.location));
      return range
        ? [
            {
              from: range[0],
              to: range[1],
              severity: each.severity === "ERROR" ? ("error" as const) : ("warning" as const),
              message: each.message,
            },
          ]
        : [];
    });
    // `rangeOf` reads only the text and its format.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text, inYaml, problem, problems]);

  const change = (next: string) => {
    if (!inYaml) {
      editor.edit("edit the definition", (before) => withText(before, next), "code");
      return;
    }
    const read = readYaml(next);
    const told = read.ok ? null : read.problem;
    setBroken(told);
    props.onBroken(told);
    if (!read.ok) {
      setYaml({ text: next, of: document.text });
      return;
    }
    const json = formatJson(JSON.stringify(read.definition)) + "\n";
    setYaml({ text: next, of: json });
    editor.edit("edit the definition", (before) => withText(before, json), "code");
  };
  const reveal = (id: string) => {
    const path = graph.nodes.get(id)?.path;
    const range = path && !problem ? rangeOf(path) : null;
    if (range) code.current?.reveal(range[0], range[0]);
  };
  const caret = (offset: number) => {
    if (problem) return;
    const path = inYaml ? pathAtOffset(text, offset) : pathAt(parseJson(text), offset);
    const [found] = locate(
      [{ severity: "WARNING", code: "", message: "", location: toPointer(path) }],
      graph,
    );
    if (found?.node != null && found.node !== selected[0]) {
      onSelect([found.node]);
      canvas.current?.center(found.node);
    }
  };
  const tidy = () =>
    editor.edit("format the definition", (before) =>
      before.problem ? before : withText(before, formatJson(before.text) + "\n"),
    );

  return (
    <div className={styles.mode}>
      <div className={styles.half}>
        <div className={styles.bar}>
          <Segmented
            tiny
            label="Format of the text"
            value={format}
            onChange={setFormat}
            segments={[
              {
                value: "json",
                label: "JSON",
                disabled: broken !== null,
                title: broken ? "Mend the YAML first" : undefined,
              },
              {
                value: "yaml",
                label: "YAML",
                disabled: document.problem !== null,
                title: document.problem ? "Mend the JSON first" : undefined,
              },
            ]}
          />
          <span className="small muted grow clip">
            {inYaml
              ? "Kept as JSON: comments of the YAML are not."
              : "Ctrl Space completes; rest on a field to read what it is."}
          </span>
          {mayEdit && (
            <>
              <Button
                kind="quiet"
                small
                icon="undo-2"
                onClick={() => {
                  setYaml(null);
                  setBroken(null);
                  props.onBroken(null);
                  editor.undo();
                }}
                disabled={editor.undoLabel === null}
                title={editor.undoLabel ? `Undo: ${editor.undoLabel}` : "Undo"}
              >
                Undo
              </Button>
              <Button
                kind="quiet"
                small
                icon="list-tree"
                onClick={inYaml ? () => setYaml(null) : tidy}
                disabled={problem !== null}
              >
                Format
              </Button>
            </>
          )}
        </div>
        <div className={styles.editor} data-testid="code-editor" data-format={format}>
          <Suspense fallback={<p className={styles.loading}>Opening the editor</p>}>
            <CodeEditor
              key={format}
              ref={code}
              label={inYaml ? "Definition as YAML" : "Definition"}
              format={format}
              text={text}
              marks={marks}
              knowledge={inYaml ? undefined : knowledge}
              onCaret={caret}
              onChange={mayEdit ? change : undefined}
            />
          </Suspense>
        </div>
        <ProblemLines
          problem={problem}
          problems={problems}
          mayEdit={mayEdit}
          onFix={props.onFix}
          onReveal={(location) => {
            const range =
              location === null
                ? problem && [problem.offset, problem.offset + 1]
                : rangeOf(fromPointer(location));
            if (range) code.current?.reveal(range[0] ?? 0, range[1] ?? 0);
          }}
        />
      </div>
      <div className={styles.half}>
        <div className={styles.graph} ref={frame}>
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
