import { useStoreApi } from "@xyflow/react";
import { useCallback } from "react";

/** The nodes whose ports are told in the next frame, by canvas; null among them stands for all. */
const waiting = new WeakMap<object, Set<string | null>>();

/**
 * Tells React Flow where the ports of some nodes are, or of all that are drawn: it looks for them when a node is
 * first drawn, and there are none before the pointer comes near.
 */
export function useTellPorts(): (id: string | null) => void {
  const store = useStoreApi();
  return useCallback(
    (id) => {
      const asked = waiting.get(store);
      if (asked) {
        asked.add(id);
        return;
      }
      // Where a thousand are selected, all of them ask at once.
      const ids = new Set([id]);
      waiting.set(store, ids);
      // By then they are drawn.
      requestAnimationFrame(() => {
        waiting.delete(store);
        const { domNode, updateNodeInternals } = store.getState();
        const drawn = [...(domNode?.querySelectorAll<HTMLDivElement>(".react-flow__node") ?? [])];
        updateNodeInternals(
          new Map(
            drawn.flatMap((nodeElement) => {
              const name = nodeElement.dataset["id"] ?? "";
              return ids.has(null) || ids.has(name)
                ? [[name, { id: name, nodeElement, force: true }] as const]
                : [];
            }),
          ),
          { triggerFitView: false },
        );
      });
    },
    [store],
  );
}
