import { useStoreApi } from "@xyflow/react";
import { useCallback } from "react";

/**
 * Tells React Flow where the ports of some nodes are, or of all that are drawn: it looks for them when a node is
 * first drawn, and there are none before the pointer comes near.
 */
export function useTellPorts(): (id: string | null) => void {
  const store = useStoreApi();
  return useCallback(
    (id) => {
      // By then they are drawn.
      requestAnimationFrame(() => {
        const { domNode, updateNodeInternals } = store.getState();
        const which = id === null ? "" : `[data-id="${CSS.escape(id)}"]`;
        const found = [...(domNode?.querySelectorAll<HTMLDivElement>(`.react-flow__node${which}`) ?? [])];
        updateNodeInternals(
          new Map(
            found.map((nodeElement) => {
              const name = nodeElement.dataset["id"] ?? "";
              return [name, { id: name, nodeElement, force: true }];
            }),
          ),
          { triggerFitView: false },
        );
      });
    },
    [store],
  );
}
