import { useCallback, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";

import type { Catalog, CatalogItem } from "@/api/types.ts";
import { Canvas, type CanvasHandle } from "@/canvas/Canvas.tsx";
import { MarksContext, type Mark } from "@/canvas/marks.ts";
import { NOTE, type Editing } from "@/canvas/editing.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import type { Landing } from "@/graph/places.ts";
import { AppendMenu } from "@/palette/AppendMenu.tsx";
import { Palette } from "@/palette/Palette.tsx";
import { toast } from "@/ui/Toast.tsx";
import { FindInGraph } from "./FindInGraph.tsx";
import { Ghost } from "./Ghost.tsx";
import { pinsOf } from "./pins.ts";
import { worstByNode, type LocatedProblem } from "./problems.ts";
import { ProblemsPanel } from "./ProblemsPanel.tsx";
import { ShortcutsDialog } from "./ShortcutsDialog.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { TrialMenu } from "./trials/TrialMenu.tsx";
import type { Trials } from "./trials/useTrials.ts";
import type { Acts, Selection } from "./useActs.ts";
import { useClipboard } from "./useClipboard.ts";
import type { Editor } from "./useEditor.ts";
import { usePaletteDrag } from "./usePaletteDrag.ts";
import { useShortcuts } from "./useShortcuts.ts";
import styles from "./Studio.module.css";

interface DesignModeProps {
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
  /** Null where this reader may not try the draft. */
  trials: Trials | null;
  mayEdit: boolean;
  label: string;
}

interface Adding {
  landing: Landing;
  at: { x: number; y: number };
}

const MINIMAP = "cuelight.minimap";

/** Palette, canvas and inspector. */
export function DesignMode(props: DesignModeProps) {
  const { editor, acts, graph, selection, catalog, problems, canvas, trials, mayEdit } = props;
  const [zoom, setZoom] = useState(100);
  const [minimap, setMinimap] = useState(() => localStorage.getItem(MINIMAP) !== "hidden");
  const [adding, setAdding] = useState<Adding | null>(null);
  const [shortcuts, setShortcuts] = useState(false);
  const [finding, setFinding] = useState(false);
  const [alone, setAlone] = useState(false);
  const [drawer, setDrawer] = useState<"palette" | "inspector" | null>(null);
  const { drag, start } = usePaletteDrag(canvas, acts);
  const root = useRef<HTMLDivElement>(null);

  const toggleMinimap = () => {
    localStorage.setItem(MINIMAP, minimap ? "hidden" : "shown");
    setMinimap(!minimap);
  };
  const quickAdd = useCallback(
    (id: string | null) => {
      if (id !== null && selection.nodes[0] !== id) selection.select([id]);
      const box = id === null ? null : canvas.current?.screenOf(id);
      const at = box
        ? { x: box.left + box.width / 2, y: box.bottom + 8 }
        : { x: window.innerWidth / 2, y: 240 };
      const place = acts.placeNext();
      setAdding({ landing: { place, edge: null, line: null, fills: null }, at });
    },
    [acts, canvas, selection],
  );
  const choose = (item: CatalogItem) => {
    const place = acts.placeNext();
    const reason = acts.mayAdd(item, place);
    if (reason !== null) toast({ title: `${item.title} was not added`, text: reason, tone: "error" });
    else acts.add(item, { place, edge: null, line: null, fills: null });
    setDrawer(null);
  };

  const editing = useMemo<Editing | null>(
    () =>
      mayEdit
        ? {
            onAdd: (landing, at) => setAdding({ landing, at }),
            mayConnect: acts.mayConnect,
            onConnect: acts.connect,
            onPlace: acts.placeByHand,
            onMove: acts.move,
            mayMove: acts.mayMove,
            branchOf: acts.branchOf,
            onFold: (id, folded) => acts.fold([id], folded),
            onChangeNote: acts.changeNote,
            onAddBranch: acts.addBranch,
            onSelectEdge: selection.selectEdge,
            selectedEdge: selection.edge,
            landing: drag?.landing ?? null,
            problems: worstByNode(problems),
          }
        : null,
    [acts, selection, drag, problems, mayEdit],
  );

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

  const marks = useMemo(
    () =>
      new Map(Object.keys(pinsOf(editor.document.layout)).map((name): [string, Mark] => [name, "pinned"])),
    [editor.document.layout],
  );
  const view = canvas.current;
  const always = {
    "Mod+f": () => setFinding(true),
    f: () => setAlone(!alone),
    m: toggleMinimap,
    "1": () => view?.fit(),
    "0": () => view?.zoomTo(100),
    "Alt+c": () => view?.fit(),
    "+": () => view?.zoomIn(),
    "=": () => view?.zoomIn(),
    "-": () => view?.zoomOut(),
    "?": () => setShortcuts(true),
  };
  const whenEditing = {
    "Mod+z": editor.undo,
    "Mod+Shift+z": editor.redo,
    "Mod+y": editor.redo,
    "Mod+d": acts.duplicate,
    "Mod+a": acts.selectAll,
    Delete: acts.remove,
    Backspace: acts.remove,
    l: acts.tidyUp,
    r: acts.turn,
    c: acts.toggleFold,
    d: disable,
    t: () => trials?.runTo(),
    "Shift+t": () => void trials?.runFrom(),
    p: () => trials?.togglePins(),
    n: addNote,
    "Shift+Alt+ArrowLeft": () => acts.align("left"),
    "Shift+Alt+ArrowRight": () => acts.align("right"),
    "Shift+Alt+ArrowUp": () => acts.align("top"),
    "Shift+Alt+ArrowDown": () => acts.align("bottom"),
    "Shift+Alt+h": () => acts.align("across"),
    "Shift+Alt+v": () => acts.align("down"),
    F2: props.onRename,
    Escape: () => {
      const [held] = selection.nodes;
      if (held !== undefined) view?.focus(held);
      setDrawer(null);
    },
  };
  useShortcuts(mayEdit ? { ...always, ...whenEditing } : always, true);
  useClipboard(
    { copy: acts.copyText, cut: acts.remove, paste: acts.paste, pasteWithLinks: acts.pasteWithLinks },
    mayEdit,
  );

  const errors = problems.filter(({ severity }) => severity === "ERROR").length;
  return (
    <div className={styles.design} ref={root} data-alone={alone || undefined}>
      {mayEdit && (
        <div className={styles.left} data-open={drawer === "palette" || undefined}>
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
      <div className={styles.middle}>
        <Toolbar
          editor={editor}
          acts={acts}
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
        <TrialMenu
          trials={trials}
          onPoint={(id) => {
            if (!selection.nodes.includes(id)) selection.select([id]);
          }}
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
                onFold={(id, folded) => acts.fold([id], folded)}
                said={editor.said}
                onOpen={(id) => {
                  setDrawer("inspector");
                  props.onOpen(id);
                }}
                onKey={(event, id) => {
                  if (event.key !== "Tab" || event.shiftKey || id === null || id.startsWith(NOTE) || !mayEdit)
                    return false;
                  quickAdd(id);
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
        </TrialMenu>
      </div>
      <div className={styles.right} data-open={drawer === "inspector" || undefined}>
        {props.inspector}
      </div>
      {drag && <Ghost drag={drag} />}
      {adding && (
        <AppendMenu
          catalog={catalog}
          at={adding.at}
          refuse={(item) => acts.mayAdd(item, adding.landing.place)}
          onChoose={(item) => {
            setAdding(null);
            acts.add(item, adding.landing);
          }}
          onClose={() => {
            setAdding(null);
            const [held] = selection.nodes;
            if (held !== undefined) canvas.current?.focus(held);
          }}
        />
      )}
      <ShortcutsDialog open={shortcuts} onClose={() => setShortcuts(false)} />
    </div>
  );
}
