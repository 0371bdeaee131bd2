import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";

import { asProblem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import type { Diagnostic, Workflow } from "@/api/types.ts";
import { readVersion } from "@/api/versions.ts";
import { useCatalog } from "@/api/workflows.ts";
import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import type { YamlProblem } from "@/code/yamlText.ts";
import { NOTE } from "@/canvas/editing.ts";
import { usePlacedGraph } from "@/canvas/usePlacedGraph.ts";
import { openDocument, readLayout, withLayout } from "@/document/document.ts";
import { useOfferCommands } from "@/ui/commands.ts";
import { useKey } from "@/ui/keys.ts";
import { PageBar } from "@/ui/PageBar.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { toast } from "@/ui/Toast.tsx";
import { CodeMode } from "./CodeMode.tsx";
import { ConfigMode } from "./ConfigMode.tsx";
import { ConflictDialog } from "./ConflictDialog.tsx";
import { dropCrashCopy } from "./crashCopy.ts";
import { DesignMode } from "./DesignMode.tsx";
import { fixFor } from "./fixes.ts";
import { locate, useDiagnostics, type LocatedProblem } from "./problems.ts";
import { PinsDialog } from "./PinsDialog.tsx";
import { RunDialog, type RunWanted } from "./RunDialog.tsx";
import { SavedStatus } from "./SavedStatus.tsx";
import { StateInspector } from "./StateInspector.tsx";
import { StudioActions } from "./StudioActions.tsx";
import { useActs, type Selection } from "./useActs.ts";
import { useDraft } from "./useDraft.ts";
import { useEditor } from "./useEditor.ts";
import { useNarrow } from "./useNarrow.ts";
import { usePublishing } from "./usePublishing.ts";
import { useUnsavedWork } from "./useUnsavedWork.ts";
import { CompareMode } from "./versions/CompareMode.tsx";
import { readSide, type Side } from "./versions/sides.ts";
import { useTrialCommands } from "./trials/useTrialCommands.ts";
import { useTrials } from "./trials/useTrials.ts";
import { WorkflowPanel } from "./WorkflowPanel.tsx";
import styles from "./Studio.module.css";

const MODES = ["design", "code", "config", "compare"] as const;
type Mode = (typeof MODES)[number];

/** One workflow being drawn: its document, and the three ways to look at it. */
export function Studio({ workflow: opened, onReload }: { workflow: Workflow; onReload: () => void }) {
  const [parameters, setParameters] = useSearchParams();
  const wanted = parameters.get("mode");
  const mode: Mode = MODES.find((each) => each === wanted) ?? "design";
  const narrow = useNarrow(720);
  const mayEdit = useRight("edit") && !narrow;
  const catalog = useCatalog();

  const editor = useEditor(() => openDocument(opened.definition, readLayout(opened.layout)));
  const { document, edit } = editor;
  const draft = useDraft(opened, document, mayEdit);
  const { workflow } = draft;

  useUnsavedWork(opened, editor);

  const { definition, layout } = useDeferredValue(document);
  const { graph } = usePlacedGraph(definition, layout);

  const [nodes, setNodes] = useState<readonly string[]>([]);
  const [edge, setEdge] = useState<string | null>(null);
  const held = useMemo(
    () => nodes.filter((id) => (graph.rects.has(id) && graph.nodes.get(id)?.state) || id.startsWith(NOTE)),
    [nodes, graph],
  );
  const selection = useMemo<Selection>(
    () => ({
      nodes: held,
      edge,
      select: (ids) => {
        setNodes(ids);
        setEdge(null);
        editor.closeMark();
      },
      selectEdge: (id) => {
        setEdge(id);
        if (id !== null) setNodes([]);
      },
    }),
    [held, edge, editor],
  );
  const acts = useActs(editor, graph, selection);

  const diagnostics = useDiagnostics(document, opened.diagnostics);
  const [refused, setRefused] = useState<readonly Diagnostic[] | null>(null);
  const problems = useMemo(
    () =>
      locate(refused ?? diagnostics, graph).map((problem) => ({
        ...problem,
        fix: fixFor(problem, definition),
      })),
    [refused, diagnostics, graph, definition],
  );
  const [yamlProblem, setYamlProblem] = useState<YamlProblem | null>(null);
  const fix = (problem: LocatedProblem) => {
    const found = problem.fix;
    if (found) edit(`mend: ${found.label}`, found.apply);
  };
  const [lastDiagnostics, setLastDiagnostics] = useState(diagnostics);
  if (lastDiagnostics !== diagnostics) {
    setLastDiagnostics(diagnostics);
    setRefused(null);
  }
  const [problemsOpen, setProblemsOpen] = useState(false);

  const canvas = useRef<CanvasHandle>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const [focus, setFocus] = useState<{ field: readonly string[]; request: number } | null>(null);
  const jump = useCallback(
    (problem: LocatedProblem) => {
      if (problem.node === null) return;
      acts.openAround(problem.node);
      selection.select([problem.node]);
      canvas.current?.center(problem.node);
      setFocus((before) => ({ field: problem.field, request: (before?.request ?? 0) + 1 }));
    },
    [acts, selection],
  );
  const focusName = useCallback(() => requestAnimationFrame(() => nameField.current?.select()), []);

  const [running, setRunning] = useState<RunWanted | null>(null);
  const [pinning, setPinning] = useState(false);
  const choosePins = useCallback(() => setPinning(true), []);
  const mayRun = useRight("run");
  const trying = useTrials({
    workflow: opened.id,
    editor,
    graph,
    held,
    onRun: setRunning,
    onChoose: choosePins,
  });
  const trials = mayRun && mayEdit && document.problem === null && mode === "design" ? trying : null;
  useTrialCommands(trials);
  const setMode = (next: Mode) => setParameters(next === "design" ? {} : { mode: next }, { replace: true });
  const [noting, setNoting] = useState<number | null>(null);
  const publishing = usePublishing(
    draft,
    (found) => {
      setRefused(found);
      setMode("design");
      setProblemsOpen(true);
    },
    (version) => {
      setNoting(version);
      setMode("config");
    },
  );
  const compare = (before: Side, after: Side) =>
    setParameters({ mode: "compare", before: String(before), after: String(after) });
  const restore = async (number: number) => {
    try {
      const { definition: text, layout: places } = await readVersion(opened.id, number);
      edit(`restore version ${number}`, ({ layout: { pins } }) =>
        openDocument(text, withLayout(readLayout(places), { pins })),
      );
      setMode("design");
      toast({
        title: `Version ${number} is in the draft`,
        text: "What runs has not changed: publish it to make it so.",
        act: { label: "Undo", onSelect: editor.undo },
      });
    } catch (error) {
      toast({ title: "The version was not restored", text: asProblem(error).sentence, tone: "error" });
    }
  };
  const show = (location: string) => {
    setMode("design");
    const [found] = locate([{ severity: "WARNING", code: "", message: "", location }], graph);
    if (found) requestAnimationFrame(() => jump(found));
  };

  const node = held.length === 1 ? graph.nodes.get(held[0] ?? "") : undefined;
  const inspector = node?.state ? (
    <StateInspector
      key={node.scope}
      workflow={opened.id}
      editor={editor}
      acts={acts}
      graph={graph}
      node={node}
      catalog={catalog.data}
      problems={problems}
      readOnly={!mayEdit || document.problem !== null}
      focus={focus}
      nameField={nameField}
      trials={trials}
    />
  ) : (
    <WorkflowPanel
      editor={editor}
      workflow={workflow}
      count={held.length}
      readOnly={!mayEdit || document.problem !== null}
    />
  );

  useKey("Mod+s", () => void draft.flush());
  useOfferCommands([
    { label: "Design: draw the graph", icon: "workflow", onSelect: () => setMode("design") },
    { label: "Code: read the definition", icon: "braces", onSelect: () => setMode("code") },
    {
      label: "Config: versions, aliases, tags",
      icon: "sliders-horizontal",
      onSelect: () => setMode("config"),
    },
    { label: "Run the draft", icon: "play", onSelect: () => setRunning({}) },
    { label: "Publish the draft", icon: "upload", onSelect: () => void publishing.publish() },
    { label: "Save the draft", icon: "save", keys: "Ctrl S", onSelect: () => void draft.flush() },
    { label: "Show the problems", icon: "triangle-alert", onSelect: () => setProblemsOpen(true) },
    { label: "Pin outputs of the last run", icon: "pin", onSelect: () => setPinning(true) },
    {
      label: "Compare the draft with what is published",
      icon: "git-compare-arrows",
      onSelect: () => compare(workflow.published_version ?? "draft", "draft"),
    },
    ...(editor.undoLabel === null
      ? []
      : [
          {
            label: `Undo: ${editor.undoLabel}`,
            icon: "undo-2" as const,
            keys: "Ctrl Z",
            onSelect: editor.undo,
          },
        ]),
  ]);

  const broken = mode === "code" ? (yamlProblem ?? document.problem) : null;
  const blocked = broken
    ? `The definition cannot be read: line ${broken.line}, column ${broken.column}. Mend it first.`
    : undefined;
  return (
    <div className={styles.studio}>
      <PageBar
        parent={{ label: "Workflows", to: "/workflows" }}
        name={workflow.name}
        aside={<SavedStatus draft={draft} />}
        modes={
          <Segmented
            label="Mode"
            value={mode === "compare" ? "config" : mode}
            onChange={setMode}
            segments={[
              {
                value: "design",
                label: "Design",
                icon: "workflow",
                disabled: blocked !== undefined,
                title: blocked,
              },
              { value: "code", label: "Code", icon: "braces" },
              {
                value: "config",
                label: "Config",
                icon: "sliders-horizontal",
                disabled: blocked !== undefined,
                title: blocked,
              },
            ]}
          />
        }
        actions={
          <StudioActions
            editor={editor}
            draft={draft}
            graph={graph}
            onRun={() => setRunning({})}
            onPins={choosePins}
            onPublish={() => void publishing.publish()}
            publishing={publishing.busy}
            onVersions={() => setMode("config")}
            onShow={show}
          />
        }
      />
      {narrow && (
        <p className={styles.viewOnly}>
          This window is narrow: the studio only shows here. Make it wider to draw.
        </p>
      )}
      <div className={styles.body}>
        {mode === "design" && (
          <DesignMode
            editor={editor}
            acts={acts}
            graph={graph}
            selection={selection}
            catalog={catalog.data}
            problems={problems}
            problemsOpen={problemsOpen}
            onProblems={setProblemsOpen}
            onJump={jump}
            onFix={fix}
            canvas={canvas}
            inspector={inspector}
            onRename={focusName}
            onOpen={() => setFocus((before) => ({ field: [], request: (before?.request ?? 0) + 1 }))}
            trials={trials}
            mayEdit={mayEdit && document.problem === null}
            label={`Graph of ${workflow.name}`}
          />
        )}
        {mode === "code" && (
          <CodeMode
            editor={editor}
            graph={graph}
            selected={held}
            onSelect={selection.select}
            problems={problems}
            canvas={canvas}
            mayEdit={mayEdit}
            onFix={fix}
            onBroken={setYamlProblem}
          />
        )}
        {mode === "config" && (
          <ConfigMode
            workflow={workflow}
            onSaved={draft.update}
            mayEdit={mayEdit}
            onCompare={compare}
            onRestore={(version) => void restore(version)}
            noting={noting}
          />
        )}
        {mode === "compare" && (
          <CompareMode
            workflow={workflow}
            draft={document}
            before={readSide(parameters.get("before")) ?? workflow.published_version ?? "draft"}
            after={readSide(parameters.get("after")) ?? "draft"}
            onChange={compare}
            onClose={() => setMode("config")}
            mayEdit={mayEdit}
            onRestore={(version) => void restore(version)}
          />
        )}
      </div>
      {running && (
        <RunDialog
          workflow={workflow}
          document={document}
          wanted={running}
          onClose={() => setRunning(null)}
          flush={draft.flush}
        />
      )}
      {pinning && <PinsDialog id={opened.id} editor={editor} onClose={() => setPinning(false)} />}
      {draft.conflict && (
        <ConflictDialog
          workflow={workflow}
          conflict={draft.conflict}
          document={document}
          onTakeOver={draft.takeOver}
          onReload={() => {
            dropCrashCopy(opened.id);
            onReload();
          }}
        />
      )}
    </div>
  );
}
