import type { Path } from "@/asl/types.ts";
import { NOTE } from "@/canvas/editing.ts";
import { branchOf, moveBranch } from "@/document/commands/branch.ts";
import { disable, disabledOriginal, enable, mayDisable } from "@/document/commands/disable.ts";
import { setDirection, setFolded } from "@/document/commands/fold.ts";
import type { Inserted } from "@/document/commands/insert.ts";
import { addNote, changeNote, removeNotes } from "@/document/commands/notes.ts";
import { setPositions } from "@/document/commands/setPositions.ts";
import type { Note, Point, WorkflowDocument } from "@/document/document.ts";
import { mayMove } from "@/document/rules.ts";
import { aligned, type Alignment } from "@/graph/align.ts";
import { NOTE_HEIGHT, NOTE_WIDTH } from "@/document/layout.ts";
import { Grid } from "@/graph/grid.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import type { Rect } from "@/graph/measures.ts";
import type { Landing } from "@/graph/places.ts";
import { snapped } from "@/graph/snap.ts";
import type { Selection } from "../useSelection.ts";
import type { Editor } from "../useEditor.ts";

/** Notes stand on this grid. */
const GRID = 10;
const snappedTo = (value: number) => Math.round(value / GRID) * GRID;

/** What an author does to the picture of a workflow: places, folds, notes; and states that are passed by. */
export function layoutActs(
  { edit, current }: Pick<Editor, "edit" | "current">,
  graph: PlacedGraph,
  selection: Selection,
  words: (ids: readonly string[]) => string,
  put: (label: string, make: (document: WorkflowDocument) => Inserted | null) => string | null,
) {
  const pathOf = (id: string): Path | null => graph.nodes.get(id)?.path ?? null;
  const root = graph.origins.get("") ?? { x: 0, y: 0 };
  const noteIds = (ids: readonly string[]) =>
    ids.flatMap((id) => (id.startsWith(NOTE) ? [id.slice(NOTE.length)] : []));
  const boxes = (ids: readonly string[]) => ids.filter((id) => (graph.nodes.get(id)?.inner.length ?? 0) > 0);

  /** Puts states and notes at points of the canvas, as one step. */
  const placeByHand = (places: Readonly<Record<string, Point>>, step = false, label?: string) => {
    const ids = Object.keys(places);
    // What is put in line with others stands exactly there; what a hand lets go goes to the grid, all of it by
    // as much as the first, so that it keeps its distances.
    const by = label === undefined ? correction(graph, places) : { x: 0, y: 0 };
    const from = (at: Point, origin: Point): Point => ({
      x: Math.round((at.x + by.x - origin.x) * 2) / 2,
      y: Math.round((at.y + by.y - origin.y) * 2) / 2,
    });
    edit(
      label ?? `move ${words(ids)}`,
      (document) => {
        let edited = document;
        const positions: Record<string, Point> = {};
        for (const [id, at] of Object.entries(places)) {
          if (id.startsWith(NOTE)) edited = changeNote(edited, id.slice(NOTE.length), from(at, root));
          else positions[id] = from(at, graph.origins.get(graph.nodes.get(id)?.scope ?? "") ?? root);
        }
        return Object.keys(positions).length ? setPositions(edited, positions) : edited;
      },
      // Steps of the arrow keys, one after the other, are one step to undo.
      step ? `place ${ids.join(" ")}` : undefined,
    );
  };
  return {
    placeByHand,
    align: (how: Alignment) => {
      const [first] = selection.nodes;
      const scope = graph.nodes.get(first ?? "")?.scope;
      const rects = new Map(
        selection.nodes.flatMap((id) => {
          const rect = graph.nodes.get(id)?.scope === scope ? graph.rects.get(id) : undefined;
          return rect ? [[id, rect] as const] : [];
        }),
      );
      const places = aligned(rects, how);
      if (places.size) placeByHand(Object.fromEntries(places), false, `align ${words([...rects.keys()])}`);
    },
    branchOf: (id: string): readonly string[] => {
      const path = pathOf(id);
      return path ? branchOf(current().definition, path) : [];
    },
    moveBranch: (id: string, landing: Landing) => {
      const path = pathOf(id);
      if (path)
        put(`move ${words([id])} with its branch`, (document) => moveBranch(document, path, landing.place));
    },
    mayMoveBranch: (id: string, landing: Landing): string | null => {
      const path = pathOf(id);
      if (!path) return "There is no such state.";
      const { place } = landing;
      const inside = "state" in place ? graph.nodes.get(String(place.state.at(-1)))?.id : undefined;
      if (inside !== undefined && branchOf(current().definition, path).includes(inside))
        return "A branch cannot go into itself.";
      return mayMove(current().definition, path, place);
    },
    fold: (ids: readonly string[], folded: boolean) => {
      const found = boxes(ids);
      if (found.length)
        edit(`${folded ? "fold" : "open"} ${words(found)}`, (document) => setFolded(document, found, folded));
    },
    /** Opens the folded boxes around a state. */
    openAround: (id: string) => {
      const around: string[] = [];
      for (let at = graph.nodes.get(id); at;) {
        const owner = graph.scopes.get(at.scope)?.owner ?? null;
        if (owner !== null && graph.folded.has(owner)) around.push(owner);
        at = owner === null ? undefined : graph.nodes.get(owner);
      }
      if (around.length) edit(`open ${words(around)}`, (document) => setFolded(document, around, false));
    },
    /** Folds what is selected, or all boxes; opens them when they are folded already. */
    toggleFold: () => {
      const found = boxes(selection.nodes.length ? selection.nodes : [...graph.nodes.keys()]);
      const folded = !found.every((id) => graph.folded.has(id));
      if (found.length)
        edit(`${folded ? "fold" : "open"} ${words(found)}`, (document) => setFolded(document, found, folded));
    },
    turn: () => {
      const direction = graph.direction === "down" ? "right" : "down";
      edit(`let the graph run ${direction === "down" ? "down" : "to the right"}`, (document) =>
        setDirection(document, direction),
      );
    },
    addNote: (at: Point) => {
      let made = "";
      edit("add a note", (document) => {
        const free = freePlace(graph, at);
        const added = addNote(document, {
          x: snappedTo(free.x - root.x),
          y: snappedTo(free.y - root.y),
        });
        made = added.id;
        return added.document;
      });
      selection.select([NOTE + made]);
      return NOTE + made;
    },
    changeNote: (id: string, change: Partial<Omit<Note, "id">>) =>
      edit(
        "change a note",
        (document) => changeNote(document, id, change),
        `note ${id} ${Object.keys(change).join()}`,
      ),
    removeNotes: (document: WorkflowDocument, ids: readonly string[]) => removeNotes(document, noteIds(ids)),
    /** Disables what is selected; enables it when all of it is disabled. Says why where nothing can be done. */
    toggleDisabled: (ids: readonly string[] = selection.nodes): string | null => {
      const { definition, layout } = current();
      const paths = ids.flatMap((id) => (graph.nodes.get(id)?.state ? [pathOf(id) ?? []] : []));
      if (paths.length === 0) return null;
      const isDisabled = (path: Path) =>
        disabledOriginal(layout, String(path.at(-1)), graph.nodes.get(String(path.at(-1)))?.state) !== null;
      if (paths.every(isDisabled)) {
        edit(`enable ${words(ids)}`, (document) => enable(document, paths));
        return null;
      }
      const open = paths.filter((path) => !isDisabled(path));
      const reasons = open.map((path) => mayDisable(definition, path));
      if (reasons.every((reason) => reason !== null)) return reasons[0] ?? null;
      edit(`disable ${words(ids)}`, (document) => disable(document, open, new Date().toISOString()));
      return null;
    },
  };
}

/** How far what was let go has to move so that the first of it stands on the grid, or in line with others. */
function correction(graph: PlacedGraph, places: Readonly<Record<string, Point>>): Point {
  const ids = Object.keys(places);
  const first = ids.find((id) => !id.startsWith(NOTE)) ?? ids[0];
  const at = first === undefined ? undefined : places[first];
  if (first === undefined || !at) return { x: 0, y: 0 };
  if (first.startsWith(NOTE)) {
    const root = graph.origins.get("") ?? { x: 0, y: 0 };
    return { x: snappedTo(at.x - root.x) - at.x + root.x, y: snappedTo(at.y - root.y) - at.y + root.y };
  }
  const rect = graph.rects.get(first);
  const to = rect && snapped(graph, graph.nodes.get(first)?.scope ?? "", { ...rect, ...at }, new Set(ids));
  return to ? { x: to.x - at.x, y: to.y - at.y } : { x: 0, y: 0 };
}

/** The nearest place to a point for a note where no state or note stands and no transition runs. */
function freePlace(graph: PlacedGraph, at: Point): Point {
  const near = { x: at.x - 700, y: at.y - 700, width: 1400, height: 1400 };
  const lines = graph.edges.flatMap(({ way }) =>
    way.slice(1).flatMap((end, index) => {
      const piece = within(near, way[index] ?? end, end);
      return piece ? [piece] : [];
    }),
  );
  const taken = new Grid([...graph.rects.values(), ...graph.notes, ...lines]);
  const size = { width: NOTE_WIDTH, height: NOTE_HEIGHT };
  const first = { x: at.x - NOTE_WIDTH / 2, y: at.y - NOTE_HEIGHT / 2 };
  const steps = Array.from({ length: 25 }, (_, index) => (index - 12) * 40);
  const places = steps.flatMap((x) => steps.map((y) => ({ x, y })));
  places.sort((one, other) => Math.hypot(one.x, one.y) - Math.hypot(other.x, other.y));
  const free = places.find(({ x, y }) => !taken.meets({ x: first.x + x, y: first.y + y, ...size }));
  return { x: first.x + (free?.x ?? 0), y: first.y + (free?.y ?? 0) };
}

/** The part of a line at right angles that lies within an area, with some room round it. */
function within(area: Rect, start: Point, end: Point): Rect | null {
  const left = Math.max(area.x, Math.min(start.x, end.x) - 12);
  const right = Math.min(area.x + area.width, Math.max(start.x, end.x) + 12);
  const top = Math.max(area.y, Math.min(start.y, end.y) - 12);
  const bottom = Math.min(area.y + area.height, Math.max(start.y, end.y) + 12);
  return left < right && top < bottom ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}
