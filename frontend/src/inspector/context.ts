import { createContext, useContext } from "react";

import type { Sample } from "@/api/trying.ts";
import type { Json, JsonObject, Path, QueryLanguage } from "@/asl/types.ts";
import type { WorkflowDocument } from "@/document/document.ts";

/** Data of the last run, or of a test, and the variables that the draft assigns. */
export interface Trying {
  readonly sample: Sample | null;
  readonly variables: readonly string[];
}

/** What every part of the inspector needs of the state it shows. Paths count from the state. */
export interface InspectorState {
  readonly state: JsonObject;
  readonly path: Path;
  readonly language: QueryLanguage;
  readonly states: readonly string[];
  readonly connections: readonly string[];
  readonly readOnly: boolean;
  /** Sets values in one step; consecutive typing in one field is one step. */
  readonly set: (entries: readonly (readonly [Path, Json | undefined])[], typed?: boolean) => void;
  readonly edit: (label: string, change: (document: WorkflowDocument) => WorkflowDocument) => void;
  /** What expressions are tried and completed with; null where they are not. */
  readonly trying: Trying | null;
  /** What is wrong with the value at this path, or null. */
  readonly errorAt: (path: Path) => string | null;
}

export const InspectorContext = createContext<InspectorState | null>(null);

export function useInspector(): InspectorState {
  const found = useContext(InspectorContext);
  if (!found) throw new Error("A field stands in an inspector.");
  return found;
}
