import type { RefObject } from "react";

import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Menu, MenuItem } from "@/ui/Menu.tsx";
import { ALIGNMENTS } from "./alignments.ts";
import type { Acts } from "../useActs.ts";
import type { Selection } from "../useSelection.ts";
import type { Editor } from "../useEditor.ts";
import styles from "../Studio.module.css";

interface ToolbarProps {
  editor: Editor;
  acts: Acts;
  selection: Selection;
  canvas: RefObject<CanvasHandle | null>;
  zoom: number;
  minimap: boolean;
  onMinimap: () => void;
  problems: { errors: number; warnings: number };
  problemsOpen: boolean;
  onProblems: () => void;
  onShortcuts: () => void;
  onDisable: () => void;
  onNote: () => void;
  onFind: () => void;
  direction: "down" | "right";
  alone: boolean;
  onAlone: () => void;
  /** Below 1100 px the panels are drawers. */
  onPalette: () => void;
  onInspector: () => void;
  mayEdit: boolean;
}

/** The row of 40 px above the canvas. */
export function Toolbar(props: ToolbarProps) {
  const { editor, acts, selection, canvas, zoom, minimap, problems, mayEdit } = props;
  const some = selection.nodes.length > 0;
  const turned = props.direction === "down" ? "Let the graph run to the right" : "Let the graph run down";
  const panels = props.alone ? "Show the panels" : "Graph alone";
  const count = problems.errors + problems.warnings;
  return (
    <div className={styles.tools} role="toolbar" aria-label="Canvas">
      {mayEdit && (
        <span className={styles.drawers}>
          <IconButton icon="plus" label="States to add" onClick={props.onPalette} />
          <span className={styles.rule} />
        </span>
      )}
      {mayEdit && (
        <>
          <IconButton
            icon="undo-2"
            label={editor.undoLabel ? `Undo: ${editor.undoLabel}` : "Undo"}
            keys="Ctrl Z"
            disabled={editor.undoLabel === null}
            onClick={editor.undo}
          />
          <IconButton
            icon="redo-2"
            label={editor.redoLabel ? `Redo: ${editor.redoLabel}` : "Redo"}
            keys="Ctrl Shift Z"
            disabled={editor.redoLabel === null}
            onClick={editor.redo}
          />
          <span className={styles.rule} />
          <IconButton icon="copy" label="Duplicate" keys="Ctrl D" disabled={!some} onClick={acts.duplicate} />
          <IconButton
            icon="trash-2"
            label="Delete"
            keys="Del"
            disabled={!some && selection.edge === null}
            onClick={acts.remove}
          />
          <IconButton
            icon="power-off"
            label="Disable or enable"
            keys="D"
            className={styles.roomy}
            disabled={!some}
            onClick={props.onDisable}
          />
          <span className={styles.rule} />
          <IconButton icon="list-tree" label="Tidy up the layout" keys="L" onClick={acts.tidyUp} />
          <IconButton
            icon={props.direction === "down" ? "arrow-right" : "arrow-down"}
            label={turned}
            keys="R"
            className={styles.roomy}
            onClick={acts.turn}
          />
          <IconButton icon="sticky-note" label="Add a note" keys="N" onClick={props.onNote} />
          {/* Always in its place: what comes and goes would move the rest from under the pointer. */}
          <AlignMenu acts={acts} disabled={selection.nodes.length < 2} />
          <span className={styles.rule} />
        </>
      )}
      <IconButton icon="zoom-out" label="Zoom out" keys="−" onClick={() => canvas.current?.zoomOut()} />
      <button
        type="button"
        className={styles.zoom}
        title="Zoom to 100 % (0)"
        onClick={() => canvas.current?.zoomTo(100)}
      >
        {zoom}%
      </button>
      <IconButton icon="zoom-in" label="Zoom in" keys="+" onClick={() => canvas.current?.zoomIn()} />
      <IconButton icon="scan" label="Fit the graph" keys="1" onClick={() => canvas.current?.fit()} />
      <IconButton
        icon="map"
        label={minimap ? "Hide the minimap" : "Show the minimap"}
        keys="M"
        pressed={minimap}
        onClick={props.onMinimap}
      />
      <IconButton
        icon={props.alone ? "minimize-2" : "maximize-2"}
        label={panels}
        keys="F"
        className={styles.roomy}
        pressed={props.alone}
        onClick={props.onAlone}
      />
      <IconButton icon="search" label="Find in the graph" keys="Ctrl F" onClick={props.onFind} />
      <span className={styles.more}>
        <Menu trigger={<IconButton icon="ellipsis" label="More for the canvas" />}>
          {mayEdit && (
            <MenuItem icon="power-off" keys="D" disabled={!some} onSelect={props.onDisable}>
              Disable or enable
            </MenuItem>
          )}
          {mayEdit && (
            <MenuItem
              icon={props.direction === "down" ? "arrow-right" : "arrow-down"}
              keys="R"
              onSelect={acts.turn}
            >
              {turned}
            </MenuItem>
          )}
          <MenuItem icon={props.alone ? "minimize-2" : "maximize-2"} keys="F" onSelect={props.onAlone}>
            {panels}
          </MenuItem>
        </Menu>
      </span>
      <span className="grow" />
      {selection.nodes.length > 1 && <span className={styles.several}>{selection.nodes.length} states</span>}
      <Button
        kind="quiet"
        small
        icon={count ? "triangle-alert" : "check"}
        className={count ? styles.warn : undefined}
        aria-pressed={props.problemsOpen}
        onClick={props.onProblems}
        data-testid="problems-button"
      >
        {count === 0 ? "No problems" : `${count} ${count === 1 ? "problem" : "problems"}`}
      </Button>
      <Button kind="quiet" small icon="keyboard" onClick={props.onShortcuts} title="Keyboard shortcuts (?)">
        <span className={styles.word}>Shortcuts</span>
      </Button>
      <span className={styles.drawers}>
        <span className={styles.rule} />
        <IconButton icon="sliders-horizontal" label="Inspector" onClick={props.onInspector} />
      </span>
    </div>
  );
}

/** How the states that are selected are put in line. */
export function AlignMenu({
  acts,
  disabled,
  words,
}: {
  acts: Acts;
  disabled: boolean;
  /** Where there is room for a word. */
  words?: string;
}) {
  return (
    <Menu
      trigger={
        words === undefined ? (
          <IconButton icon="layout-grid" label="Align what is selected" disabled={disabled} />
        ) : (
          <Button small icon="layout-grid" iconAfter="chevron-down">
            {words}
          </Button>
        )
      }
    >
      {ALIGNMENTS.map(({ how, label, keys }) => (
        <MenuItem key={how} keys={keys} onSelect={() => acts.align(how)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
