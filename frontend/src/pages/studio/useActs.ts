import { useMemo } from "react";

import type { CatalogItem } from "@/api/types.ts";
import type { JsonObject, Path } from "@/asl/types.ts";
import { allStates } from "@/asl/walk.ts";
import { adaptLanguage } from "@/document/adapt.ts";
import { addBranch } from "@/document/commands/addBranch.ts";
import { connect } from "@/document/commands/connect.ts";
import { copyStates, duplicate, fragmentText, paste } from "@/document/commands/copy.ts";
import { disconnect } from "@/document/commands/disconnect.ts";
import { insert, type Inserted } from "@/document/commands/insert.ts";
import { moveState } from "@/document/commands/move.ts";
import { remove } from "@/document/commands/remove.ts";
import { rename } from "@/document/commands/rename.ts";
import { copyWithLinks, pasteWithLinks, unlinked } from "@/document/commands/links.ts";
import { tidyUp } from "@/document/commands/setPositions.ts";
import type { Point, WorkflowDocument } from "@/document/document.ts";
import {
  nameOf,
  placeAfter,
  readFragment,
  scopeOfState,
  stateAt,
  takenNames,
  toFragment,
  type Fragment,
  type Place,
} from "@/document/places.ts";
import { mayConnect, mayInsert, mayMove, mayRename } from "@/document/rules.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "@/graph/measures.ts";
import { NOTE } from "@/canvas/editing.ts";
import type { Landing } from "@/graph/places.ts";
import { snapped } from "@/graph/snap.ts";
import { keepClip, keptClip } from "./design/clip.ts";
import { layoutActs } from "./design/layoutActs.ts";
import type { Editor } from "./useEditor.ts";
import type { Selection } from "./useSelection.ts";

/** Everything an author can do to the document, each one step that can be undone, and named. */
export function useActs(editor: Editor, graph: PlacedGraph, selection: Selection) {
  const { edit, current } = editor;
  return useMemo(() => {
    const pathOf = (id: string): Path | null =>
      graph.nodes.get(id)?.path ??
      allStates(current().definition).find(({ name }) => name === id)?.path ??
      null;
    const paths = (ids: readonly string[]): Path[] =>
      ids.flatMap((id) => {
        const path = pathOf(id);
        return path && stateAt(current().definition, path) ? [path] : [];
      });
    /** What is selected and there: what was undone, or folded away, is not meant. */
    const meant = (): readonly string[] =>
      selection.meant.filter((id) => {
        if (id.startsWith(NOTE)) return true;
        return (!graph.nodes.has(id) || graph.rects.has(id)) && paths([id]).length > 0;
      });
    const words = (ids: readonly string[]) => {
      const [first] = ids;
      if (ids.length === 1 && first !== undefined)
        return first.startsWith(NOTE) ? "a note" : (graph.nodes.get(first)?.name ?? first);
      const notes = ids.filter((id) => id.startsWith(NOTE)).length;
      if (notes === 0) return `${ids.length} states`;
      return notes === ids.length ? `${notes} notes` : `${ids.length} states and notes`;
    };
    const fragmentOf = (item: CatalogItem): Fragment | null => {
      const found = toFragment(item.template as JsonObject, item.title);
      return found && adaptLanguage(current().definition, found);
    };
    /** Makes a step of what was inserted, selects its first state or the whole, and returns the id of the first. */
    const put = (
      label: string,
      make: (document: WorkflowDocument) => Inserted | null,
      whole = false,
    ): string | null => {
      const made = make(current());
      if (!made || made.states.length === 0) return null;
      edit(label, () => made.document);
      const first = made.states[0] ? nameOf(made.states[0]) : null;
      selection.select(whole ? made.states.map(nameOf) : first === null ? [] : [first]);
      return first;
    };
    const freePlace = (landing: Landing): Place =>
      landing.place.kind === "free" && landing.place.at
        ? { ...landing.place, at: fromCorner(graph, landing.place.scope, landing.place.at) }
        : landing.place;

    const picture = layoutActs({ edit, current }, graph, selection, words, put);
    return {
      ...picture,
      pathOf,
      mayAdd: (item: CatalogItem, place: Place): string | null => {
        const fragment = fragmentOf(item);
        return fragment ? mayInsert(current().definition, place, fragment) : "This item has no states.";
      },
      /** Adds an item, and returns the id of its first state. */
      add: (item: CatalogItem, landing: Landing): string | null => {
        const fragment = fragmentOf(item);
        return fragment
          ? put(`add ${fragment.startAt}`, (document) => insert(document, freePlace(landing), fragment))
          : null;
      },
      /** The place after a state; null where nothing can follow it. */
      placeAfter: (id: string): Place | null => {
        const path = pathOf(id);
        return path && placeAfter(current().definition, path);
      },
      /** The place after what is selected; else the end of the main line. */
      placeNext: (): Place => {
        const { definition } = current();
        const last = meant().at(-1);
        const after = last === undefined ? null : pathOf(last);
        const place = after && placeAfter(definition, after);
        if (place) return place;
        const ends = graph.edges.filter((edge) => edge.scope === "" && edge.kind === "end");
        const end = ends.at(-1);
        const path = end && pathOf(end.from);
        if (path) return { kind: "end", state: path };
        return Object.keys((definition["States"] as JsonObject | undefined) ?? {}).length
          ? { kind: "free", scope: [], at: null }
          : { kind: "start", scope: [] };
      },
      remove: () => {
        if (selection.edge !== null) {
          const edge = graph.edges.find(({ id }) => id === selection.edge);
          const from = edge && pathOf(edge.from);
          if (edge && from && edge.fields.length)
            edit(`remove the transition from ${graph.nodes.get(edge.from)?.name ?? ""}`, (document) =>
              disconnect(document, from, edge.fields),
            );
          selection.selectEdge(null);
          return;
        }
        const ids = meant();
        const found = paths(ids);
        if (ids.length === 0) return;
        const outer = found.filter(
          (path) =>
            !found.some(
              (other) => other.length < path.length && other.every((step, index) => step === path[index]),
            ),
        );
        edit(`delete ${words(ids)}`, (document) => remove(picture.removeNotes(document, ids), outer));
        selection.select([]);
      },
      duplicate: () =>
        put(`duplicate ${words(meant())}`, (document) => duplicate(document, paths(meant())), true),
      copyText: (): string | null => {
        const fragment = copyStates(current(), paths(meant()));
        if (!fragment) return null;
        const text = fragmentText(fragment);
        keepClip(text, copyWithLinks(current(), paths(meant())));
        return text;
      },
      /** Pastes what keeps its links: it leads where it led, and what led to it leads to the copy. */
      pasteWithLinks: (text: string) => {
        const fragment = readFragment(text);
        const last = meant().at(-1);
        const scope = last === undefined ? null : pathOf(last);
        if (fragment)
          put(
            "paste with links",
            (document) =>
              pasteWithLinks(
                document,
                keptClip(text) ?? unlinked(fragment),
                scope ? scopeOfState(scope) : [],
              ),
            true,
          );
      },
      /** Pastes what a text holds, and returns the id of the first state. */
      paste: (text: string): string | null => {
        const last = meant().at(-1);
        const after = last === undefined ? null : pathOf(last);
        return put("paste", (document) => paste(document, text, after, keptClip(text)?.comments), true);
      },
      connect: (from: string, to: string, how: "next" | "catch") => {
        const [source, target] = [graph.nodes.get(from), graph.nodes.get(to)];
        if (source && target)
          edit(`connect ${source.name} to ${target.name}`, (document) =>
            connect(document, source.path, target.name, how),
          );
      },
      mayConnect: (from: string, to: string, how: "next" | "catch"): string | null => {
        const [source, target] = [pathOf(from), pathOf(to)];
        return source && target
          ? mayConnect(current().definition, source, target, how)
          : "There is no such state.";
      },
      move: (id: string, landing: Landing, branch: boolean) => {
        const path = pathOf(id);
        if (branch) picture.moveBranch(id, { ...landing, place: freePlace(landing) });
        else if (path)
          put(`move ${words([id])}`, (document) => moveState(document, path, freePlace(landing)));
      },
      mayMove: (id: string, landing: Landing, branch: boolean): string | null => {
        const path = pathOf(id);
        if (branch) return picture.mayMoveBranch(id, landing);
        return path ? mayMove(current().definition, path, landing.place) : "There is no such state.";
      },
      addBranch: (id: string) => {
        const path = pathOf(id);
        if (path) edit(`add a branch to ${words([id])}`, (document) => addBranch(document, path));
      },
      tidyUp: () => edit("tidy up", tidyUp),
      /** Null when renamed, else why not. */
      rename: (id: string, name: string): string | null => {
        const path = pathOf(id);
        if (!path) return null;
        const reason = mayRename(takenNames(current().definition), path, name);
        if (reason !== null || name === nameOf(path)) return reason;
        edit(`rename ${nameOf(path)}`, (document) => rename(document, path, name));
        selection.select([name]);
        return null;
      },
      selectAll: () =>
        selection.select([
          ...[...graph.nodes.values()]
            .filter((node) => node.state && graph.rects.has(node.id))
            .map(({ id }) => id),
          ...graph.notes.map((note) => NOTE + note.id),
        ]),
    };
  }, [current, edit, graph, selection]);
}

export type Acts = ReturnType<typeof useActs>;

/** Where a card stands whose middle is at the point, from the corner of its scope. */
function fromCorner(graph: PlacedGraph, scope: Path, at: Point): Point {
  const id = [...graph.scopes.values()].find((each) => String(each.path) === String(scope))?.id ?? "";
  const origin = graph.origins.get(id) ?? { x: 0, y: 0 };
  const rect = {
    x: at.x - CARD_WIDTH / 2,
    y: at.y - CARD_HEIGHT / 2,
    width: CARD_WIDTH,
    height: CARD_HEIGHT,
  };
  const found = snapped(graph, id, rect, new Set());
  return { x: found.x - origin.x, y: found.y - origin.y };
}
