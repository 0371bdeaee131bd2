import { useContext } from "react";

import { FoldingContext } from "@/canvas/editing.ts";
import type { GraphNode } from "@/graph/derive.ts";
import { Icon } from "@/ui/icons.tsx";

interface FoldButtonProps {
  node: GraphNode;
  folded: boolean;
  className: string | undefined;
}

/** Folds a box into a card, or opens it. The keyboard does it with C, so this is no stop of the Tab key. */
export function FoldButton({ node, folded, className }: FoldButtonProps) {
  const fold = useContext(FoldingContext);
  if (!fold) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`nodrag nopan ${className ?? ""}`}
      aria-label={folded ? `Open ${node.name}` : `Fold ${node.name}`}
      title={folded ? "Open (C)" : "Fold (C)"}
      data-testid={`fold-${node.name}`}
      onClick={(event) => {
        event.stopPropagation();
        fold(node.id, !folded);
      }}
    >
      <Icon name={folded ? "chevron-down" : "chevron-up"} size="s" />
    </button>
  );
}
