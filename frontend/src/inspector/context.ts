import { createContext, useContext } from "react";

import type { Sample } from "@/api/trying.ts";
import type { Json, JsonObject, Path, QueryLanguage } from "@/asl/types.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import type { Help } from "@/inspector/help.ts";

/** Data of the last run, or of a test, and the variables that the draft assigns. */
export interface Trying {
  readonly sample: Sample | null;
  readonly variables: readonly string[];
}

/** A problem of the state that is shown; its field counts from the state. */
export interface FieldProblem {
  readonly field: readonly string[];
  readonly message: string;
  readonly severity: "ERROR" | "WARNING";
}

/** What is said below a field: what keeps the draft from being published, or what is only to be looked at. */
export interface Messages {
  readonly error: string | null;
  readonly warning: string | null;
}

export interface KnownConnection {
  readonly name: string;
  readonly kind: string;
  /** The model it answers with where none is named. */
  readonly model: string | null;
}

/** What every part of the inspector needs of the state it shows. Paths count from the state. */
export interface InspectorState {
  readonly state: JsonObject;
  readonly path: Path;
  readonly language: QueryLanguage;
  readonly definition: JsonObject;
  /** The states of its scope, itself among them. */
  readonly siblings: JsonObject;
  readonly states: readonly string[];
  readonly connections: readonly KnownConnection[];
  readonly readOnly: boolean;
  /** Sets values in one step; consecutive typing in one field is one step. */
  readonly set: (entries: readonly (readonly [Path, Json | undefined])[], typed?: boolean) => void;
  readonly edit: (label: string, change: (document: WorkflowDocument) => WorkflowDocument) => void;
  /** What expressions are tried and completed with; null where they are not. */
  readonly trying: Trying | null;
  /** What the field at this path does. */
  readonly helpAt: (path: Path) => Help | null;
}

export const InspectorContext = createContext<InspectorState | null>(null);

export function useInspector(): InspectorState {
  const found = useContext(InspectorContext);
  if (!found) throw new Error("A field stands in an inspector.");
  return found;
}
