import { useQuery } from "@tanstack/react-query";
import { useMemo, type Ref } from "react";

import { useAslSchema, useAwsItem } from "@/api/catalog.ts";
import { useConnections } from "@/api/connections.ts";
import { useRight } from "@/api/session.ts";
import { sampleQuery } from "@/api/trying.ts";
import type { Catalog, CatalogItem, Connection } from "@/api/types.ts";
import { calledBy } from "@/asl/callPattern.ts";
import { assignedIn } from "@/asl/variables.ts";
import { isObject, valueAt, type JsonObject } from "@/asl/types.ts";
import { queryLanguageOf } from "@/asl/walk.ts";
import { disabledOriginal } from "@/document/commands/disable.ts";
import type { GraphNode } from "@/graph/derive.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import type { KnownConnection } from "@/inspector/context.ts";
import { Inspector, type FieldWanted } from "@/inspector/Inspector.tsx";
import { Button } from "@/ui/Button.tsx";
import styles from "./StateInspector.module.css";
import { StateRunMenu } from "./running/StateRunMenu.tsx";
import { PinPanel } from "./trials/PinPanel.tsx";
import type { Trials } from "./trials/useTrials.ts";
import type { LocatedProblem } from "./problems/problems.ts";
import type { Acts } from "./useActs.ts";
import type { Editor } from "./useEditor.ts";

interface StateInspectorProps {
  /** The workflow whose last run expressions are tried with. */
  workflow: string;
  editor: Editor;
  acts: Acts;
  graph: PlacedGraph;
  node: GraphNode;
  catalog: Catalog | undefined;
  problems: readonly LocatedProblem[];
  readOnly: boolean;
  focus: FieldWanted | null;
  nameField: Ref<HTMLInputElement>;
  /** The name was settled with Enter. */
  onNamed: (name: string) => void;
  /** Null where this reader may not try the draft. */
  trials: Trials | null;
}

const NONE: readonly KnownConnection[] = [];

/** The inspector of one state of the studio, with all that it asks the server for. */
export function StateInspector(props: StateInspectorProps) {
  const { editor, acts, graph, node, catalog, problems } = props;
  const { document } = editor;
  const mayEdit = useRight("edit");
  const seesData = useRight("see_data");
  const mayRun = useRight("run");
  const connections = useConnections();
  const sample = useQuery({ ...sampleQuery(props.workflow, node.name), enabled: seesData && mayEdit });
  // The graph may lag behind while somebody types; the fields never do, or letters would be lost.
  const now = valueAt(document.definition, node.path);
  const state = isObject(now) ? now : node.state;
  const resource = typeof state?.["Resource"] === "string" ? state["Resource"] : null;
  const item = useMemo(() => itemOf(catalog, resource), [catalog, resource]);
  const aws = useAwsItem(catalog && !item?.arguments_schema ? resource : null);
  const variables = useMemo(() => assignedIn(document.definition), [document.definition]);
  const trying = useMemo(
    () => (seesData && mayEdit ? { sample: sample.data?.execution ? sample.data : null, variables } : null),
    [seesData, mayEdit, sample.data, variables],
  );
  const schema = useAslSchema();
  const known = useMemo(() => connections.data?.map(asKnown) ?? NONE, [connections.data]);
  if (!state) return null;
  const disabled = disabledOriginal(document.layout, node.name, state);
  const inspector = (
    <Inspector
      key={node.scope}
      id={node.id}
      name={node.name}
      state={state}
      path={node.path}
      language={queryLanguageOf(document.definition, state)}
      item={aws.data ?? item ?? null}
      states={[...graph.nodes.values()]
        .filter((each) => each.scope === node.scope && each.state)
        .map((each) => each.name)}
      connections={known}
      definition={document.definition}
      schema={(schema.data as JsonObject | undefined) ?? null}
      problems={problems.filter((problem) => problem.node === node.id)}
      readOnly={props.readOnly}
      edit={editor.edit}
      onRename={(name, done) => {
        const reason = acts.rename(node.id, name);
        if (reason === null && done) props.onNamed(name);
        return reason;
      }}
      focus={props.focus}
      nameField={props.nameField}
      trying={trying}
      mayTest={mayRun && seesData}
      testHead={(tested) =>
        props.trials && (
          <PinPanel
            name={node.name}
            editor={editor}
            trials={props.trials}
            sample={sample.data?.execution ? sample.data : null}
            tested={tested}
            readOnly={props.readOnly}
          />
        )
      }
      runMenu={
        props.trials ? (
          <StateRunMenu
            editor={editor}
            name={node.name}
            sample={sample.data?.execution ? sample.data : null}
            trials={props.trials}
            readOnly={props.readOnly}
          />
        ) : null
      }
    />
  );
  if (!disabled) return inspector;
  return (
    <div className={styles.frame}>
      <div className={styles.notice} role="note" data-testid="disabled-notice">
        <p>
          <strong>Disabled.</strong> An execution passes it by: in the definition it is a Pass state with the
          same way on. What it was is kept beside the definition and comes back as it was.
        </p>
        {!props.readOnly && (
          <Button small icon="power-off" onClick={() => acts.toggleDisabled([node.id])}>
            Enable
          </Button>
        )}
      </div>
      {inspector}
    </div>
  );
}

function asKnown({ name, kind, settings }: Connection): KnownConnection {
  const model = settings["model"];
  return { name, kind, model: typeof model === "string" && model !== "" ? model : null };
}

/** The catalog's item of a Resource, however the state waits for it. */
function itemOf(catalog: Catalog | undefined, resource: string | null): CatalogItem | null {
  if (resource === null) return null;
  const items = (catalog?.groups ?? []).flatMap((group) => group.items);
  return (
    items.find((item) => item.resource === resource) ??
    items.find((item) => item.resource !== null && calledBy(item.resource) === calledBy(resource)) ??
    null
  );
}
