import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import { flushSync } from "react-dom";

import type { Catalog, CatalogItem } from "@/api/types.ts";
import { Canvas, type CanvasHandle } from "@/canvas/Canvas.tsx";
import { MarksContext, type Mark } from "@/canvas/marks.ts";
import { NOTE } from "@/canvas/editing.ts";
import { useMinimap } from "@/canvas/useMinimap.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { Palette } from "@/palette/Palette.tsx";
import { toast } from "@/ui/Toast.tsx";
import { AddingMenu } from "./AddingMenu.tsx";
import { FindInGraph } from "./FindInGraph.tsx";
import { Ghost } from "./Ghost.tsx";
import { pinsOf } from "../trials/pins.ts";
import type { LocatedProblem } from "../problems/problems.ts";
import { ProblemsPanel } from "../problems/ProblemsPanel.tsx";
import { ShortcutsDialog } from "../keys/ShortcutsDialog.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { ALIGNMENTS } from "./alignments.ts";
import { CanvasMenu } from "./CanvasMenu.tsx";
import type { Nesting } from "../nested/useNesting.ts";
import type { Trials } from "../trials/useTrials.ts";
import type { Acts } from "../useActs.ts";
import type { Selection } from "../useSelection.ts";
import { useAdding } from "./useAdding.ts";
import { useCanvasCommands } from "./useCanvasCommands.ts";
import { useClipboard } from "./useClipboard.ts";
import { useEditing } from "./useEditing.ts";
import type { Editor } from "../useEditor.ts";
import { usePaletteDrag } from "./usePaletteDrag.ts";
import { useRegionKeys } from "../keys/useRegionKeys.ts";
import { useShortcuts } from "../keys/useShortcuts.ts";
import { keepView, viewIn } from "../whereOneWas.ts";
import styles from "../Studio.module.css";

interface DesignModeProps {
  workflow: string;
  editor: Editor;
  acts: Acts;
  graph: PlacedGraph;
  selection: Selection;
  catalog: Catalog | undefined;
  problems: readonly LocatedProblem[];
  problemsOpen: boolean;
  onProblems: (open: boolean) => void;
  onJump: (problem: LocatedProblem) => void;
  onFix: (problem: LocatedProblem) => void;
  canvas: RefObject<CanvasHandle | null>;
  inspector: ReactNode;
  onRename: () => void;
  onOpen: (id: string) => void;
  /** Opens the test of the state that is selected. */
  onTest: () => void;
  /** Null where this reader may not try the draft. */
  trials: Trials | null;
  nesting: Nesting | null;
  mayEdit: boolean;
  label: string;
}

/** Palette, canvas and inspector. */
export function DesignMode(props: DesignModeProps) {
  const { editor, acts, graph, selection, catalog, problems, canvas, trials, nesting, mayEdit } = props;
  const [zoom, setZoom] = useState(100);
  const [opening] = useState(() => viewIn(props.workflow));
  const [minimap, toggleMinimap] = useMinimap("cuelight.minimap", true);
  const [shortcuts, setShortcuts] = useState(false);
  const [finding, setFinding] = useState(false);
  const [alone, setAlone] = useState(false);
  const [drawer, setDrawer] = useState<"palette" | "inspector" | null>(null);
  const { drag, start } = usePaletteDrag(canvas, acts);
  const adding = useAdding(canvas, acts, graph, selection);
  const root = useRef<HTMLDivElement>(null);
  const [left, middle, right] = [
    useRef<HTMLDivElement>(null),
    useRef<HTMLDivElement>(null),
    useRef<HTMLDivElement>(null),
  ];
  useRegionKeys(
    useMemo(
      () => [
        { frame: left, enter: (frame) => frame.querySelector<HTMLElement>("input")?.focus() },
        { frame: middle, enter: () => canvas.current?.focus(null) },
        {
          frame: right,
          enter: (frame) =>
            frame.querySelector<HTMLElement>("input:enabled, textarea:enabled, button:enabled")?.focus(),
        },
      ],
      [left, middle, right, canvas],
    ),
  );
  // Who has just made a workflow, or comes back to what was selected, goes on there with the keyboard too.
  const isNew = graph.nodes.size > 0 && ![...graph.nodes.values()].some(({ state }) => state !== null);
  const [held] = selection.nodes;
  const begins = useRef(mayEdit && (isNew || held !== undefined) ? { at: held ?? null } : null);
  useEffect(() => {
    const begin = begins.current;
    begins.current = null;
    if (begin === null) return;
    requestAnimationFrame(() => {
      // What is selected has the Tab key; the view stays where it was left.
      if (document.activeElement === document.body) canvas.current?.focus(opening ? null : begin.at);
    });
  }, [canvas, opening]);

  const choose = (item: CatalogItem) => {
    const place = acts.placeNext();
    const reason = acts.mayAdd(item, place);
    if (reason !== null) toast({ title: `${item.title} was not added`, text: reason, tone: "error" });
    else {
      const added = acts.add(item, { place, edge: null, line: null, fills: null });
      if (added !== null) canvas.current?.focus(added);
    }
    setDrawer(null);
  };

  const editing = useEditing({
    acts,
    selection,
    problems,
    adding,
    dragged: drag?.landing ?? null,
    mayEdit,
  });

  const showFound = (id: string) => {
    // What lies in folded boxes is shown in them, not instead of them.
    acts.openAround(id);
    selection.select([id]);
    requestAnimationFrame(() => canvas.current?.center(id));
  };
  const disable = () => {
    const reason = acts.toggleDisabled();
    if (reason !== null) toast({ title: "It was not disabled", text: reason, tone: "error" });
  };
  const addNote = () => {
    const at = canvas.current?.middle();
    if (at) canvas.current?.focus(acts.addNote(at));
  };

  // What is made has the focus, so that the next key goes on from it.
  const focused = (id: string | null) => {
    if (id !== null) canvas.current?.focus(id);
    return id;
  };
  const tidyUp = () => {
    if (Object.keys(editor.document.layout.positions).length > 0) canvas.current?.openNext();
    acts.tidyUp();
  };
  const own = {
    ...acts,
    tidyUp,
    duplicate: () => focused(acts.duplicate()),
    paste: (text: string) => focused(acts.paste(text)),
  };
  const open = (id: string) => {
    setDrawer("inspector");
    props.onOpen(id);
  };
  const rename = () => {
    if (selection.nodes.length !== 1 && selection.edge === null) return;
    // Its field is in the inspector, wherever that is just now.
    flushSync(() => {
      setAlone(false);
      setDrawer("inspector");
    });
    props.onRename();
  };
  const marks = useMemo(
    () =>
      new Map(Object.keys(pinsOf(editor.document.layout)).map((name): [string, Mark] => [name, "pinned"])),
    [editor.document.layout],
  );
  const anywhere = {
    "Mod+f": () => setFinding(true),
    "?": () => setShortcuts(true),
    ...(mayEdit && {
      "Mod+z": editor.undo,
      "Mod+Shift+z": editor.redo,
      "Mod+y": editor.redo,
      F2: rename,
      Escape: () => {
        canvas.current?.focus(selection.nodes[0] ?? null);
        setDrawer(null);
      },
    }),
  };
  const onCanvas = {
    f: () => setAlone(!alone),
    m: toggleMinimap,
    "1": () => canvas.current?.fit(),
    "0": () => canvas.current?.zoomTo(100),
    "Alt+c": () => canvas.current?.fit(),
    "+": () => canvas.current?.zoomIn(),
    "=": () => canvas.current?.zoomIn(),
    "-": () => canvas.current?.zoomOut(),
    ...(mayEdit && {
      "Mod+d": own.duplicate,
      "Mod+a": acts.selectAll,
      Delete: acts.remove,
      Backspace: acts.remove,
      l: own.tidyUp,
      r: acts.turn,
      c: acts.toggleFold,
      d: disable,
      t: () => trials?.runTo(),
      "Shift+t": () => void trials?.runFrom(),
      p: () => trials?.togglePins(),
      x: () => nesting?.extract(),
      "Shift+x": () => void nesting?.bringIn(),
      n: addNote,
      ...Object.fromEntries(
        ALIGNMENTS.flatMap(({ how, shortcut }) =>
          shortcut ? [[shortcut, () => acts.align(how)] as const] : [],
        ),
      ),
    }),
  };
  useShortcuts({ anywhere, onCanvas });
  useCanvasCommands({
    acts: own,
    selection,
    direction: graph.direction,
    minimap,
    alone,
    mayEdit,
    onDisable: disable,
    onNote: addNote,
    onFind: () => setFinding(true),
    onFit: () => canvas.current?.fit(),
    onMinimap: toggleMinimap,
    onAlone: () => setAlone(!alone),
    onShortcuts: () => setShortcuts(true),
  });
  useClipboard(
    { copy: acts.copyText, cut: acts.remove, paste: own.paste, pasteWithLinks: acts.pasteWithLinks },
    mayEdit,
  );

  const errors = problems.filter(({ severity }) => severity === "ERROR").length;
  return (
    <div className={styles.design} ref={root} data-alone={alone || undefined}>
      {mayEdit && (
        <div ref={left} className={styles.left} data-open={drawer === "palette" || undefined}>
          <Palette
            catalog={catalog}
            onChoose={choose}
            onDragStart={(item, event) => {
              setDrawer(null);
              start(item, event);
            }}
          />
        </div>
      )}
      <div ref={middle} className={styles.middle}>
        <Toolbar
          editor={editor}
          acts={own}
          selection={selection}
          canvas={canvas}
          zoom={zoom}
          minimap={minimap}
          onMinimap={toggleMinimap}
          problems={{ errors, warnings: problems.length - errors }}
          problemsOpen={props.problemsOpen}
          onProblems={() => props.onProblems(!props.problemsOpen)}
          onShortcuts={() => setShortcuts(true)}
          onDisable={disable}
          onNote={addNote}
          onFind={() => setFinding(true)}
          direction={graph.direction}
          alone={alone}
          onAlone={() => setAlone(!alone)}
          onPalette={() => setDrawer(drawer === "palette" ? null : "palette")}
          onInspector={() => setDrawer(drawer === "inspector" ? null : "inspector")}
          mayEdit={mayEdit}
        />
        <CanvasMenu
          actedOn={{
            acts: own,
            graph,
            selection,
            mayEdit,
            onFit: () => canvas.current?.fit(),
            onAdd: adding.openAfter,
            onRename: rename,
            onOpen: open,
            onTest: trials && props.onTest,
            onDisable: disable,
            onNote: addNote,
          }}
          trials={trials}
          nesting={nesting}
          onPoint={(id) => {
            if (id === null) selection.select([]);
            else if (!selection.nodes.includes(id)) selection.select([id]);
          }}
          onClosed={() => canvas.current?.focus(selection.nodes[0] ?? null)}
        >
          <div className={styles.canvas}>
            <MarksContext value={marks}>
              <Canvas
                ref={canvas}
                graph={graph}
                label={props.label}
                selected={selection.nodes}
                onSelect={selection.select}
                editing={editing}
                minimap={minimap}
                dimmed={editor.document.problem !== null}
                onZoom={setZoom}
                opening={opening}
                onLeave={(view) => keepView(props.workflow, view)}
                onFold={(id, folded) => acts.fold([id], folded)}
                said={editor.said}
                onOpen={open}
                onKey={(event, id) => {
                  if (event.key !== "Tab" || event.shiftKey || id === null || id.startsWith(NOTE) || !mayEdit)
                    return false;
                  // The canvas itself stands for what is held; while nothing is, Tab leads on as anywhere.
                  if (event.target === event.currentTarget && !selection.nodes.includes(id)) return false;
                  adding.openAfter(id);
                  return true;
                }}
              />
              {finding && (
                <FindInGraph
                  graph={graph}
                  onShow={showFound}
                  onClose={() => {
                    setFinding(false);
                    const [held] = selection.nodes;
                    if (held !== undefined) canvas.current?.focus(held);
                  }}
                />
              )}
            </MarksContext>
            {props.problemsOpen && (
              <ProblemsPanel
                problems={problems}
                onJump={props.onJump}
                onFix={mayEdit ? props.onFix : null}
                onClose={() => props.onProblems(false)}
              />
            )}
          </div>
        </CanvasMenu>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- a key of the fields inside bubbles to here */}
      <div
        ref={right}
        className={styles.right}
        data-open={drawer === "inspector" || undefined}
        onKeyDown={(event) => {
          const [held] = selection.nodes;
          if (event.key !== "Escape" || event.defaultPrevented || held === undefined) return;
          setDrawer(null);
          canvas.current?.focus(held);
        }}
      >
        {props.inspector}
      </div>
      {drag && <Ghost drag={drag} />}
      <AddingMenu adding={adding} acts={acts} catalog={catalog} />
      <ShortcutsDialog open={shortcuts} onClose={() => setShortcuts(false)} />
    </div>
  );
}
