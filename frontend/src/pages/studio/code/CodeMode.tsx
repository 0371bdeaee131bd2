import { lazy, Suspense, useCallback, useMemo, useRef, useState, type RefObject } from "react";

import type { Catalog } from "@/api/types.ts";
import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import type { CodeEditorHandle, CodeMark } from "@/code/CodeEditor.tsx";
import { withText, withYaml, yamlText, type WorkflowDocument } from "@/document/document.ts";
import { formatJson } from "@/document/json.ts";
import { yamlOf } from "@/document/yaml.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { fromPointer, toPointer, type Path } from "@/asl/types.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { useKept } from "@/ui/useKept.ts";
import { CodeCommands } from "./CodeCommands.tsx";
import { LiveGraph } from "./LiveGraph.tsx";
import { locate, type LocatedProblem } from "../problems/problems.ts";
import { GraphZoom } from "./GraphZoom.tsx";
import { ProblemLines } from "../problems/ProblemLines.tsx";
import { ShortcutsDialog } from "../keys/ShortcutsDialog.tsx";
import type { Acts } from "../useActs.ts";
import type { Selection } from "../useSelection.ts";
import type { Editor } from "../useEditor.ts";
import { useFirstFit } from "../useFirstFit.ts";
import { useKnowledge } from "../useKnowledge.ts";
import styles from "./CodeMode.module.css";

const CodeEditor = lazy(() => import("@/code/CodeEditor.tsx"));

interface CodeModeProps {
  workflow: string;
  editor: Editor;
  acts: Acts;
  graph: PlacedGraph;
  selection: Selection;
  catalog: Catalog | undefined;
  problems: readonly LocatedProblem[];
  canvas: RefObject<CanvasHandle | null>;
  mayEdit: boolean;
  onFix: (problem: LocatedProblem) => void;
}

/** Typing that pauses for longer than this becomes two steps to undo. */
const PAUSE = 900;

/** The definition as JSON or YAML beside its graph. What cannot be read pauses the graph and loses nothing. */
export function CodeMode(props: CodeModeProps) {
  const { editor, acts, graph, selection, problems, canvas, mayEdit } = props;
  const { document } = editor;
  const { problem } = document;
  const code = useRef<CodeEditorHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [wanted, choose] = useKept<"json" | "yaml">("cuelight.code.format", "json");
  // What cannot be read is mended where it was typed.
  const format = problem ? (document.yaml === null ? "json" : "yaml") : wanted === "yaml" ? "yaml" : "json";
  const inYaml = format === "yaml";
  const text = useMemo(() => (inYaml ? yamlText(document) : document.text), [inYaml, document]);
  const knowledge = useKnowledge(props.workflow, document.definition);
  const [open, setOpen] = useState<"commands" | "states" | "shortcuts" | null>(null);
  // A draft that could not be read when it was opened never meant anything that could be drawn.
  const neverRead = problem !== null && Object.keys(document.definition).length === 0;
  useFirstFit(canvas, frame);

  const marks = useMemo<CodeMark[]>(
    () =>
      problem
        ? [{ at: problem.offset, severity: "error", message: problem.reason }]
        : problems.map(({ location, severity, message }) => ({
            at: fromPointer(location),
            severity: severity === "ERROR" ? "error" : "warning",
            message,
          })),
    [problem, problems],
  );
  const node = selection.nodes.length === 1 ? graph.nodes.get(selection.nodes[0] ?? "") : undefined;

  const { closeMark } = editor;
  const typedAt = useRef(-PAUSE);
  const change = (next: string) => {
    const now = performance.now();
    if (now - typedAt.current > PAUSE) closeMark();
    typedAt.current = now;
    const read = inYaml ? withYaml : withText;
    editor.edit("edit the definition", (before) => read(before, next), "code");
  };
  const { undo, redo } = editor;
  const tidy = () => {
    if (problem || !mayEdit) return;
    editor.edit("format the definition", (before) => tidied(before, inYaml));
  };
  // The editor tells what it has as soon as it loses the focus, and acts of the graph wait for that.
  const caret = (path: Path) => {
    const [found] = locate(
      [{ severity: "WARNING", code: "", message: "", location: toPointer(path) }],
      graph,
    );
    if (problem || found?.node == null || found.node === selection.nodes[0]) return;
    selection.select([found.node]);
    canvas.current?.show(found.node);
  };
  const select = useCallback(
    (ids: readonly string[]) => {
      selection.select(ids);
      const path = graph.nodes.get(ids[0] ?? "")?.path;
      if (path) code.current?.show(path);
    },
    [selection, graph],
  );
  const openState = (id: string) => {
    const path = graph.nodes.get(id)?.path;
    if (path) code.current?.reveal(path);
  };

  const blocked = (other: string) =>
    problem ? `Mend the ${other} first: line ${problem.line}, column ${problem.column}` : undefined;
  return (
    <div className={styles.mode}>
      <div className={styles.half}>
        <div className={styles.bar}>
          <Segmented
            tiny
            label="Format of the text"
            value={format}
            onChange={choose}
            segments={[
              {
                value: "json",
                label: "JSON",
                disabled: problem !== null && inYaml,
                title: inYaml ? blocked("YAML") : undefined,
              },
              {
                value: "yaml",
                label: "YAML",
                disabled: problem !== null && !inYaml,
                title: inYaml ? undefined : blocked("JSON"),
              },
            ]}
          />
          <span className="small muted grow clip">{commentsInWords(document, inYaml)}</span>
          {mayEdit && (
            <>
              <IconButton
                icon="undo-2"
                label={editor.undoLabel ? `Undo: ${editor.undoLabel}` : "Undo"}
                keys="Ctrl Z"
                disabled={editor.undoLabel === null}
                onClick={undo}
              />
              <IconButton
                icon="redo-2"
                label={editor.redoLabel ? `Redo: ${editor.redoLabel}` : "Redo"}
                keys="Ctrl Shift Z"
                disabled={editor.redoLabel === null}
                onClick={redo}
              />
              <Button
                kind="quiet"
                small
                icon="list-tree"
                onClick={tidy}
                disabled={problem !== null}
                title="Lay out the text anew (Shift Alt F)"
              >
                Format
              </Button>
            </>
          )}
          <IconButton icon="keyboard" label="Commands" keys="F1" onClick={() => setOpen("commands")} />
        </div>
        <div className={styles.editor} data-testid="code-editor" data-format={format}>
          <Suspense fallback={<p className={styles.loading}>Opening the editor</p>}>
            <CodeEditor
              key={format}
              ref={code}
              // What keeps the text from being read comes first; else the state that is selected is in view.
              opensAt={problem?.offset ?? node?.path}
              label={inYaml ? "Definition as YAML" : "Definition"}
              format={format}
              text={text}
              marks={marks}
              held={problem ? null : (node?.path ?? null)}
              knowledge={knowledge}
              rests
              onCaret={caret}
              onChange={mayEdit ? change : undefined}
              onUndo={undo}
              onRedo={redo}
              keys={{
                F1: () => setOpen("commands"),
                "Shift-Alt-f": tidy,
                "Mod-Shift-o": () => setOpen("states"),
              }}
            />
          </Suspense>
        </div>
        <ProblemLines
          problem={problem}
          problems={problems}
          mayEdit={mayEdit}
          onFix={props.onFix}
          onReveal={(location) =>
            code.current?.reveal(location === null ? (problem?.offset ?? 0) : fromPointer(location))
          }
        />
      </div>
      <div className={styles.half}>
        <div className={styles.graph} ref={frame}>
          {neverRead ? (
            <Empty
              small
              title="There is no graph until the text can be read"
              text="It is kept as it was saved. Mend it where the reading stopped, and the graph appears."
            >
              <Button icon="braces" onClick={() => code.current?.reveal(problem.offset)}>
                Go to line {problem.line}
              </Button>
            </Empty>
          ) : (
            <>
              <LiveGraph
                canvas={canvas}
                graph={graph}
                acts={acts}
                selection={selection}
                catalog={props.catalog}
                problems={problems}
                paused={problem !== null}
                mayEdit={mayEdit}
                said={editor.said}
                onSelect={select}
                onOpen={openState}
                onUndo={undo}
                onRedo={redo}
                onShortcuts={() => setOpen("shortcuts")}
              />
              <GraphZoom canvas={canvas} />
            </>
          )}
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
      {(open === "commands" || open === "states") && (
        <CodeCommands
          shows={open}
          graph={graph}
          editor={code}
          inYaml={inYaml}
          mayEdit={mayEdit}
          own={[
            { label: "Format the text", keys: "Shift Alt F", edits: true, run: tidy },
            { label: "Go to a state", keys: "Ctrl Shift O", run: () => setOpen("states") },
            { label: "Undo", keys: "Ctrl Z", edits: true, run: undo },
            { label: "Redo", keys: "Ctrl Shift Z", edits: true, run: redo },
            ...(problem
              ? []
              : [
                  {
                    label: inYaml ? "Show it as JSON" : "Show it as YAML",
                    keys: "",
                    run: () => choose(inYaml ? "json" : "yaml"),
                  },
                ]),
            { label: "All keys of the studio", keys: "?", run: () => setOpen("shortcuts") },
          ]}
          onState={openState}
          onClose={() => setOpen(null)}
        />
      )}
      <ShortcutsDialog open={open === "shortcuts"} onClose={() => setOpen(null)} />
    </div>
  );
}

function tidied(document: WorkflowDocument, inYaml: boolean): WorkflowDocument {
  const { problem, text, definition, layout } = document;
  if (problem) return document;
  return inYaml
    ? withYaml(document, yamlOf(definition, layout.comments))
    : withText(document, formatJson(text) + "\n");
}

/** What a reader of JSON does not see: a definition has no place for comments, so they are kept beside it. */
function commentsInWords({ layout, problem }: WorkflowDocument, inYaml: boolean): string {
  const lines = Object.values(layout.comments ?? {}).reduce(
    (sum, { before = [], behind, end = [] }) =>
      sum + [...before, ...end].filter((line) => line !== "").length + (behind ? 1 : 0),
    0,
  );
  if (inYaml || lines === 0 || problem) return "Ctrl Space completes, F1 lists what can be done.";
  return lines === 1 ? "1 comment is kept; YAML shows it." : `${lines} comments are kept; YAML shows them.`;
}
