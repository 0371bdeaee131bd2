import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { useConnections } from "@/api/connections.ts";
import { asProblem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import type { CatalogItem, Diagnostic, Workflow } from "@/api/types.ts";
import { useCatalog, usePublish } from "@/api/workflows.ts";
import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import { isObject, valueAt } from "@/asl/types.ts";
import { queryLanguageOf } from "@/asl/walk.ts";
import { openDocument, readLayout } from "@/document/document.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph } from "@/graph/layout.ts";
import { Inspector } from "@/inspector/Inspector.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Menu, MenuItem } from "@/ui/Menu.tsx";
import { PageBar } from "@/ui/PageBar.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { toast } from "@/ui/Toast.tsx";
import { CodeMode } from "./CodeMode.tsx";
import { ConfigMode } from "./ConfigMode.tsx";
import { ConflictDialog } from "./ConflictDialog.tsx";
import { dropCrashCopy, readCrashCopy } from "./crashCopy.ts";
import { DesignMode } from "./DesignMode.tsx";
import { exportDefinition } from "./exportDefinition.ts";
import { locate, useDiagnostics, type LocatedProblem } from "./problems.ts";
import { RunDialog } from "./RunDialog.tsx";
import { SavedStatus } from "./SavedStatus.tsx";
import { useActs, type Selection } from "./useActs.ts";
import { useDraft } from "./useDraft.ts";
import { useEditor } from "./useEditor.ts";
import { useNarrow } from "./useNarrow.ts";
import { WorkflowPanel } from "./WorkflowPanel.tsx";
import styles from "./Studio.module.css";

type Mode = "design" | "code" | "config";

/** One workflow being drawn: its document, and the three ways to look at it. */
export function Studio({ workflow: opened, onReload }: { workflow: Workflow; onReload: () => void }) {
  const [parameters, setParameters] = useSearchParams();
  const navigate = useNavigate();
  const wanted = parameters.get("mode");
  const mode: Mode = wanted === "code" || wanted === "config" ? wanted : "design";
  const narrow = useNarrow(720);
  const mayEdit = useRight("edit") && !narrow;
  const mayRun = useRight("run");
  const mayPublish = useRight("publish");
  const catalog = useCatalog();
  const connections = useConnections();

  const editor = useEditor(() => openDocument(opened.definition, readLayout(opened.layout)));
  const { document, edit } = editor;
  const draft = useDraft(opened, document, mayEdit);
  const { workflow } = draft;

  // Work that the server never got, because the window was closed or the line was down, comes back as one step.
  const looked = useRef(false);
  useEffect(() => {
    if (looked.current) return;
    looked.current = true;
    const copy = readCrashCopy(opened.id);
    if (
      !copy ||
      (copy.text === opened.definition &&
        JSON.stringify(copy.layout) === JSON.stringify(readLayout(opened.layout)))
    )
      return;
    edit("bring back unsaved work", () => openDocument(copy.text, copy.layout));
    const older = copy.revision !== opened.draft_revision;
    toast({
      title: "Unsaved work is back",
      text: older
        ? `It was made from revision ${copy.revision}; the draft is at ${opened.draft_revision}. Undo leaves the draft as it is.`
        : "It was kept in this browser. Undo leaves the draft as it is.",
      act: {
        label: "Leave it",
        onSelect: () => {
          editor.undo();
          dropCrashCopy(opened.id);
        },
      },
    });
  }, [opened, edit, editor]);

  const { definition, layout } = useDeferredValue(document);
  const graph = useMemo(() => placeGraph(deriveGraph(definition), layout), [definition, layout]);

  const [nodes, setNodes] = useState<readonly string[]>([]);
  const [edge, setEdge] = useState<string | null>(null);
  const held = useMemo(() => nodes.filter((id) => graph.nodes.get(id)?.state), [nodes, graph]);
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
  const problems = useMemo(() => locate(refused ?? diagnostics, graph), [refused, diagnostics, graph]);
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
      selection.select([problem.node]);
      canvas.current?.center(problem.node);
      setFocus((before) => ({ field: problem.field, request: (before?.request ?? 0) + 1 }));
    },
    [selection],
  );
  const focusName = useCallback(() => requestAnimationFrame(() => nameField.current?.select()), []);

  const [running, setRunning] = useState(false);
  const publish = usePublish(opened.id);
  const publishDraft = async () => {
    if (!(await draft.flush())) return;
    publish.mutate(
      { draft_revision: draft.current() },
      {
        onSuccess: (version) => {
          draft.update({
            ...draft.latest(),
            published_version: version.number,
            has_unpublished_changes: false,
          });
          toast({ title: `Version ${version.number} published`, text: "New executions use it." });
        },
        onError: (error) => {
          const problem = asProblem(error);
          const found = problem.extra["diagnostics"] as Diagnostic[] | undefined;
          if (found) {
            setRefused(found);
            setMode("design");
            setProblemsOpen(true);
            const errors = found.filter(({ severity }) => severity === "ERROR").length;
            toast({
              title: "The draft was not published",
              text: `${errors} ${errors === 1 ? "error has" : "errors have"} to be mended first.`,
              tone: "error",
            });
          } else toast({ title: "The draft was not published", text: problem.sentence, tone: "error" });
        },
      },
    );
  };
  const setMode = (next: Mode) => setParameters(next === "design" ? {} : { mode: next }, { replace: true });

  const node = held.length === 1 ? graph.nodes.get(held[0] ?? "") : undefined;
  const items = useMemo(
    () =>
      new Map(
        (catalog.data?.groups ?? [])
          .flatMap((group) => group.items)
          .flatMap((item): [string, CatalogItem][] => (item.resource ? [[item.resource, item]] : [])),
      ),
    [catalog.data],
  );
  const connectionNames = useMemo(() => connections.data?.map((each) => each.name) ?? [], [connections.data]);
  // The graph may lag behind while somebody types; the fields never do, or letters would be lost.
  const now = node?.state ? valueAt(document.definition, node.path) : undefined;
  const shown = isObject(now) ? now : (node?.state ?? null);
  const inspector =
    node && shown ? (
      <Inspector
        key={node.scope}
        id={node.id}
        name={node.name}
        state={shown}
        path={node.path}
        language={queryLanguageOf(document.definition, shown)}
        item={itemOf(items, shown["Resource"])}
        states={[...graph.nodes.values()]
          .filter((each) => each.scope === node.scope && each.state)
          .map((each) => each.name)}
        connections={connectionNames}
        problems={problems.filter((problem) => problem.node === node.id)}
        readOnly={!mayEdit || document.problem !== null}
        edit={edit}
        onRename={(name) => acts.rename(node.id, name)}
        focus={focus}
        nameField={nameField}
      />
    ) : (
      <WorkflowPanel
        editor={editor}
        workflow={workflow}
        count={held.length}
        readOnly={!mayEdit || document.problem !== null}
      />
    );

  const blocked =
    document.problem !== null && mode === "code"
      ? `The definition cannot be read: line ${document.problem.line}, column ${document.problem.column}. Mend it first.`
      : undefined;
  const next = (workflow.published_version ?? 0) + 1;
  return (
    <div className={styles.studio}>
      <PageBar
        parent={{ label: "Workflows", to: "/workflows" }}
        name={workflow.name}
        aside={<SavedStatus draft={draft} />}
        modes={
          <Segmented
            label="Mode"
            value={mode}
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
          <>
            <Menu trigger={<IconButton icon="ellipsis" label="More" />}>
              <MenuItem icon="history" onSelect={() => void navigate(`/executions?workflow=${workflow.id}`)}>
                Executions of this workflow
              </MenuItem>
              <MenuItem icon="download" onSelect={() => exportDefinition(workflow.name, document.text)}>
                Export as JSON
              </MenuItem>
            </Menu>
            {mayRun && (
              <Button
                icon="play"
                onClick={() => setRunning(true)}
                disabled={document.problem !== null}
                data-testid="run"
              >
                Run draft
              </Button>
            )}
            {mayPublish && (
              <Button
                kind="primary"
                data-testid="publish"
                onClick={() => void publishDraft()}
                busy={publish.isPending && "Publishing"}
                disabled={
                  document.problem !== null ||
                  (workflow.published_version !== null &&
                    !workflow.has_unpublished_changes &&
                    draft.state === "saved")
                }
                title={
                  workflow.published_version !== null && !workflow.has_unpublished_changes
                    ? `Version ${workflow.published_version} is this draft`
                    : undefined
                }
              >
                Publish version{" "}
                {workflow.published_version !== null &&
                !workflow.has_unpublished_changes &&
                draft.state === "saved"
                  ? workflow.published_version
                  : next}
              </Button>
            )}
          </>
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
            canvas={canvas}
            inspector={inspector}
            onRename={focusName}
            onOpen={() => setFocus((before) => ({ field: [], request: (before?.request ?? 0) + 1 }))}
            onSave={() => void draft.flush()}
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
          />
        )}
        {mode === "config" && <ConfigMode workflow={workflow} onSaved={draft.update} mayEdit={mayEdit} />}
      </div>
      {running && <RunDialog workflow={workflow} onClose={() => setRunning(false)} flush={draft.flush} />}
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

/** The catalog's item of a Resource; `.sync`, `.sync:2` and `.waitForTaskToken` are call patterns of the same. */
function itemOf(items: ReadonlyMap<string, CatalogItem>, resource: unknown): CatalogItem | null {
  if (typeof resource !== "string") return null;
  return items.get(resource) ?? items.get(resource.replace(/\.(sync(:2)?|waitForTaskToken)$/, "")) ?? null;
}
