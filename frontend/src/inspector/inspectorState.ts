import { isObject, valueAt, type JsonObject, type Path, type QueryLanguage } from "@/asl/types.ts";
import { typeOf } from "@/asl/walk.ts";
import { setFields } from "@/document/commands/setField.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import type { FieldProblem, InspectorState, KnownConnection, Trying } from "@/inspector/context.ts";
import { helpAt } from "@/inspector/help.ts";
import type { TestGiven } from "@/inspector/TestPanel.tsx";

export interface Inspected {
  name: string;
  state: JsonObject;
  path: Path;
  language: QueryLanguage;
  definition: JsonObject;
  states: readonly string[];
  connections: readonly KnownConnection[];
  problems: readonly FieldProblem[];
  readOnly: boolean;
  edit: (label: string, change: (document: WorkflowDocument) => WorkflowDocument, mark?: string) => void;
  /** What expressions are tried with; null where nobody may see data. */
  trying?: Trying | null;
  /** The JSON Schema of definitions, which says what each field does. */
  schema?: JsonObject | null;
}

/** What every part of the inspector needs of the state it shows. */
export function inspectorState(
  inspected: Inspected,
  argumentsSchema: JsonObject | null,
  given: TestGiven,
): InspectorState {
  const { name, state, path, language, definition, states, connections, readOnly, edit } = inspected;
  const { trying = null, schema = null } = inspected;
  const siblings = valueAt(definition, path.slice(0, -1));
  return {
    state,
    path,
    language,
    definition,
    siblings: isObject(siblings) ? siblings : {},
    states,
    connections,
    readOnly,
    set: (entries, typed = false) => {
      const key = entries.map(([to]) => to.join("/")).join(" ");
      edit(
        `change ${name}`,
        (document) =>
          setFields(
            document,
            entries.map(([to, put]) => [[...path, ...to], put] as const),
          ),
        typed ? `${path.join("/")} ${key}` : undefined,
      );
    },
    edit,
    trying: withInput(trying, given),
    helpAt: (at) => helpAt(at, { schema, argumentsSchema, type: typeOf(state), language }),
  };
}

/** Expressions are tried with a test's own input where one was typed. */
function withInput(trying: Trying | null, given: TestGiven): Trying | null {
  if (!trying || (given.input === undefined && given.variables === undefined)) return trying;
  const sample = trying.sample ?? { execution: null, variables: {}, context: {}, too_large: [] };
  return {
    ...trying,
    sample: {
      ...sample,
      ...(given.input === undefined ? {} : { input: given.input, execution: null }),
      ...(isObject(given.variables) ? { variables: given.variables } : {}),
    },
  };
}
