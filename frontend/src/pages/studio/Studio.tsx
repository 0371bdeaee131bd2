import { useCallback, useDeferredValue, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useSearchParams } from "react-router";

import { useCatalog } from "@/api/catalog.ts";
import { useRight } from "@/api/session.ts";
import type { Workflow } from "@/api/types.ts";
import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import { usePlacedGraph } from "@/canvas/usePlacedGraph.ts";
import { fillPlaceholders, hasPlaceholders } from "@/document/commands/fillPlaceholders.ts";
import { TEST } from "@/inspector/Inspector.tsx";
import { openDocument, readLayout } from "@/document/document.ts";
import { useKey } from "@/ui/keys.ts";
import { PageBar } from "@/ui/PageBar.tsx";
import { CodeMode } from "./code/CodeMode.tsx";
import { ConfigMode } from "./config/ConfigMode.tsx";
import { ConflictDialog } from "./saving/ConflictDialog.tsx";
import { DesignMode } from "./design/DesignMode.tsx";
import { locate, type LocatedProblem } from "./problems/problems.ts";
import { ModeSwitch, modeOf, type Mode } from "./ModeSwitch.tsx";
import { NewerDraftNotice } from "./saving/NewerDraftNotice.tsx";
import { PlaceholdersDialog } from "./PlaceholdersDialog.tsx";
import { NotSavedNotice } from "./saving/NotSavedNotice.tsx";
import { PinsDialog } from "./trials/PinsDialog.tsx";
import { PublishDialog } from "./versions/PublishDialog.tsx";
import { RunDialog, type RunWanted } from "./running/RunDialog.tsx";
import { SavedStatus } from "./saving/SavedStatus.tsx";
import { StateInspector } from "./StateInspector.tsx";
import { StudioActions } from "./StudioActions.tsx";
import { useActs } from "./useActs.ts";
import { useDraft } from "./saving/useDraft.ts";
import { useEditor } from "./useEditor.ts";
import { useFieldWanted } from "./useFieldWanted.ts";
import { useNarrow } from "./useNarrow.ts";
import { useNewerDraft } from "./saving/useNewerDraft.ts";
import { useProblems } from "./problems/useProblems.ts";
import { usePublishing } from "./versions/usePublishing.ts";
import { useSelection } from "./useSelection.ts";
import { useStudioCommands } from "./useStudioCommands.ts";
import { useUnsavedWork } from "./saving/useUnsavedWork.ts";
import { CompareMode } from "./versions/CompareMode.tsx";
import { readSide, type Side } from "./versions/sides.ts";
import { useRestoring } from "./versions/useRestoring.ts";
import { ExtractDialog } from "./nested/ExtractDialog.tsx";
import { useNesting } from "./nested/useNesting.ts";
import { useNestingCommands } from "./nested/useNestingCommands.ts";
import { useTrialCommands } from "./trials/useTrialCommands.ts";
import { useTrials } from "./trials/useTrials.ts";
import { WorkflowPanel } from "./WorkflowPanel.tsx";
import styles from "./Studio.module.css";

/** One workflow being drawn: its document, and the three ways to look at it. */
export function Studio({ workflow: opened }: { workflow: Workflow }) {
  const [parameters, setParameters] = useSearchParams();
  const narrow = useNarrow(720);
  const mayEdit = useRight("edit") && !narrow;
  const catalog = useCatalog();

  const editor = useEditor(opened.id, () => openDocument(opened.definition, readLayout(opened.layout)));
  const { document, edit } = editor;
  const mode = modeOf(parameters.get("mode"), document.problem !== null);
  const draft = useDraft(opened, document, mayEdit);
  const { workflow } = draft;

  useUnsavedWork(opened, editor, draft);
  const newer = useNewerDraft(opened.id, draft, editor);

  const { definition, layout } = useDeferredValue(document);
  const { graph } = usePlacedGraph(definition, layout);

  const { wanted, want } = useFieldWanted();
  // Pointed at a transition, the inspector shows what makes it, and the keyboard stays on the canvas.
  const pointAt = useCallback((field: readonly string[]) => want(field, true), [want]);
  const selection = useSelection(opened.id, graph, editor.closeMark, pointAt);
  const held = selection.nodes;
  const acts = useActs(editor, graph, selection);

  const { problems, refuse } = useProblems(opened, document, { definition, graph });
  const [filling, setFilling] = useState(false);
  const mayFill = mayEdit && document.problem === null && hasPlaceholders(document.text);
  const fix = (problem: LocatedProblem) => {
    const found = problem.fix;
    if (found?.asks === "placeholders") setFilling(true);
    else if (found) edit(`mend: ${found.label}`, found.apply);
  };
  const [problemsOpen, setProblemsOpen] = useState(false);

  const canvas = useRef<CanvasHandle>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const jump = useCallback(
    (problem: LocatedProblem) => {
      if (problem.node === null) return;
      acts.openAround(problem.node);
      selection.select([problem.node]);
      canvas.current?.show(problem.node);
      want(problem.field);
    },
    [acts, selection, want],
  );
  const focusName = useCallback(() => {
    // At once: what is typed next is meant for it, and Backspace would delete the state.
    if (!nameField.current) flushSync(() => want([], true));
    nameField.current?.select();
  }, [want]);

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
  const nestable = useNesting({ editor, graph, selection, canvas });
  const nesting = mayEdit && document.problem === null && mode === "design" ? nestable : null;
  useNestingCommands(nesting);
  const setMode = (next: Mode) => setParameters(next === "design" ? {} : { mode: next }, { replace: true });
  const [noting, setNoting] = useState<number | null>(null);
  const publishing = usePublishing(
    draft,
    editor.closeMark,
    (found) => {
      refuse(found);
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
  const restore = useRestoring(opened.id, editor, () => setMode("design"));
  const show = (location: string) => {
    setMode("design");
    const [found] = locate([{ severity: "WARNING", code: "", message: "", location }], graph);
    if (found) requestAnimationFrame(() => jump(found));
  };

  // A transition is a part of the state that it leaves.
  const from = graph.edges.find(({ id }) => id === selection.edge)?.from;
  const node = held.length === 1 || from ? graph.nodes.get(held[0] ?? from ?? "") : undefined;
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
      focus={wanted}
      nameField={nameField}
      onNamed={(name) => canvas.current?.focus(name)}
      trials={trials}
    />
  ) : (
    <WorkflowPanel
      editor={editor}
      workflow={workflow}
      count={held.length}
      acts={acts}
      readOnly={!mayEdit || document.problem !== null}
    />
  );

  useKey("Mod+s", () => void publishing.save());
  useStudioCommands({
    editor,
    graph,
    publishing,
    published: workflow.published_version,
    onMode: setMode,
    onRun: () => setRunning({}),
    onProblems: () => setProblemsOpen(true),
    onPins: choosePins,
    onCompare: compare,
    onState: (id) => {
      setMode("design");
      acts.openAround(id);
      selection.select([id]);
      // The canvas is there a moment later, when it was not shown.
      requestAnimationFrame(() => canvas.current?.center(id));
    },
  });

  return (
    <div className={styles.studio}>
      <title>{`${workflow.name}, Cuelight`}</title>
      <PageBar
        parent={{ label: "Workflows", to: "/workflows" }}
        name={workflow.name}
        aside={<SavedStatus draft={draft} />}
        modes={<ModeSwitch mode={mode} broken={document.problem} onChange={setMode} />}
        actions={
          <StudioActions
            editor={editor}
            draft={draft}
            graph={graph}
            onRun={() => setRunning({})}
            onSave={() => void publishing.save()}
            onPins={choosePins}
            mayFill={mayFill}
            onPlaceholders={() => setFilling(true)}
            onPublish={() => void publishing.publish()}
            onPublishWithNote={publishing.ask}
            publishing={publishing.busy}
            onVersions={() => setParameters({ mode: "config", part: "versions" }, { replace: true })}
            onShow={show}
            nesting={nesting}
          />
        }
      />
      {narrow && (
        <p className={styles.viewOnly}>
          This window is narrow: the studio only shows here. Make it wider to draw.
        </p>
      )}
      <div className={styles.body}>
        {draft.state === "failed" && <NotSavedNotice problem={draft.problem} />}
        {newer.head && (
          <NewerDraftNotice
            head={newer.head}
            unsaved={draft.state !== "saved"}
            low={mode === "compare"}
            onDecide={() => draft.setDeciding(true)}
            onCompare={() =>
              draft.state === "saved" ? compare("draft", "saved") : compare("saved", "draft")
            }
            onTakeOver={() => void newer.takeOver()}
          />
        )}
        {mode === "design" && (
          <DesignMode
            workflow={opened.id}
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
            onOpen={() => {
              want([]);
              requestAnimationFrame(() => nameField.current?.focus());
            }}
            onTest={() => want([TEST])}
            trials={trials}
            nesting={nesting}
            mayEdit={mayEdit && document.problem === null}
            label={`Graph of ${workflow.name}`}
          />
        )}
        {mode === "code" && (
          <CodeMode
            workflow={opened.id}
            editor={editor}
            acts={acts}
            graph={graph}
            selection={selection}
            catalog={catalog.data}
            problems={problems}
            canvas={canvas}
            mayEdit={mayEdit}
            onFix={fix}
          />
        )}
        {mode === "config" && (
          <ConfigMode
            draft={draft}
            mayEdit={mayEdit}
            publishing={publishing}
            atVersions={parameters.get("part") === "versions"}
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
            onClose={() => setParameters({ mode: "config", part: "versions" }, { replace: true })}
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
      {nestable.asked && (
        <ExtractDialog
          workflow={workflow}
          editor={editor}
          graph={graph}
          nesting={nestable}
          wanted={nestable.asked}
        />
      )}
      {filling && (
        <PlaceholdersDialog
          text={document.text}
          onClose={() => setFilling(false)}
          onFill={(values) => edit("fill in placeholders", (before) => fillPlaceholders(before, values))}
        />
      )}
      {pinning && <PinsDialog id={opened.id} editor={editor} onClose={() => setPinning(false)} />}
      {publishing.asking && <PublishDialog draft={draft} publishing={publishing} />}
      {draft.deciding && newer.head && (
        <ConflictDialog
          head={newer.head}
          draft={draft}
          editor={editor}
          onClose={() => draft.setDeciding(false)}
          onGraphs={() => {
            draft.setDeciding(false);
            compare("saved", "draft");
          }}
        />
      )}
    </div>
  );
}
