import { useMemo, useState } from "react";

/** Whether the pointer or the focus has come to a node; what it then needs is made only from that moment on. */
export function useNear(selected: boolean) {
  const [visited, setVisited] = useState(false);
  const handlers = useMemo(
    () => ({ onPointerEnter: () => setVisited(true), onFocus: () => setVisited(true) }),
    [],
  );
  return [visited || selected, handlers] as const;
}
