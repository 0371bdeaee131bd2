import { useEffect, useState } from "react";

import type { CatalogItem } from "@/api/types.ts";
import { isObject, valueAt, type JsonObject, type QueryLanguage } from "@/asl/types.ts";
import { openDocument, type WorkflowDocument } from "@/document/document.ts";
import type { FieldProblem } from "@/inspector/context.ts";
import { Inspector, type FieldWanted } from "@/inspector/Inspector.tsx";

interface InspectedStateProps {
  state: JsonObject;
  language?: QueryLanguage;
  item?: CatalogItem | null;
  problems?: readonly FieldProblem[];
  readOnly?: boolean;
  focus?: FieldWanted | null;
}

const shown: { document: WorkflowDocument | null } = { document: null };

/** The inspector of a state T beside a state N, over a document that it really edits. */
export function InspectedState(props: InspectedStateProps) {
  const { state, language = "JSONata", item = null, problems = [], readOnly = false, focus = null } = props;
  const [document, setDocument] = useState(() =>
    openDocument(
      JSON.stringify({ QueryLanguage: language, StartAt: "T", States: { T: state, N: { Type: "Succeed" } } }),
    ),
  );
  useEffect(() => {
    shown.document = document;
  }, [document]);
  const found = valueAt(document.definition, ["States", "T"]);
  return (
    <Inspector
      id="T"
      name="T"
      state={isObject(found) ? found : {}}
      path={["States", "T"]}
      language={language}
      item={item}
      states={["T", "N"]}
      connections={[]}
      definition={document.definition}
      problems={problems}
      readOnly={readOnly}
      edit={(_, change) => setDocument((before) => change(before))}
      onRename={(name) => (name === "N" ? "Another state is called that." : null)}
      focus={focus}
      nameField={null}
    />
  );
}

/** What the state holds now at a path. */
export function written(...path: string[]) {
  return valueAt(shown.document?.definition, ["States", "T", ...path]);
}
