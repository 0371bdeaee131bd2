import { useCallback, useState } from "react";

import type { FieldWanted } from "@/inspector/Inspector.tsx";

interface Wanting {
  readonly wanted: FieldWanted | null;
  /** Asks the inspector for a field, of no name for the state itself; asked twice, it is shown twice. */
  readonly want: (field: readonly string[], quiet?: boolean) => void;
}

/** Which field the inspector is to show. */
export function useFieldWanted(): Wanting {
  const [wanted, setWanted] = useState<FieldWanted | null>(null);
  const want = useCallback(
    (field: readonly string[], quiet = false) =>
      setWanted((before) => ({ field, request: (before?.request ?? 0) + 1, quiet })),
    [],
  );
  return { wanted, want };
}
