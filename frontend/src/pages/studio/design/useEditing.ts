import { useMemo } from "react";

import type { Editing } from "@/canvas/editing.ts";
import type { Landing } from "@/graph/places.ts";
import { worstByNode, type LocatedProblem } from "../problems/problems.ts";
import type { Acts } from "../useActs.ts";
import type { Adding } from "./useAdding.ts";
import type { Selection } from "../useSelection.ts";

interface Edited {
  acts: Acts;
  selection: Selection;
  problems: readonly LocatedProblem[];
  adding: Adding;
  /** Where what is dragged from the palette would land. */
  dragged: Landing | null;
  mayEdit: boolean;
}

/** What the studio lets an author do on its canvas; null for those who only look. */
export function useEditing({ acts, selection, problems, adding, dragged, mayEdit }: Edited): Editing | null {
  const { opened, openAt } = adding;
  return useMemo(
    () =>
      mayEdit
        ? {
            onAdd: openAt,
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
            landing: dragged ?? (opened?.landing.pulled ? opened.landing : null),
            problems: worstByNode(problems),
          }
        : null,
    [acts, selection, dragged, opened, problems, mayEdit, openAt],
  );
}
