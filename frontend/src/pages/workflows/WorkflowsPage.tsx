import { Suspense, useState } from "react";
import { useSearchParams } from "react-router";

import { asProblem } from "@/api/problem.ts";
import { useRight, useSession } from "@/api/session.ts";
import type { WorkflowSummary } from "@/api/types.ts";
import { useWorkflows } from "@/api/workflows.ts";
import { Button } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Filter } from "@/ui/Filter.tsx";
import { Filters, Page } from "@/ui/Page.tsx";
import { Pager } from "@/ui/Pager.tsx";
import { SearchField } from "@/ui/SearchField.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { statusOptions } from "@/ui/status.ts";
import { useDebounced } from "@/ui/useDebounced.ts";
import { useKept } from "@/ui/useKept.ts";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { ImportDialog } from "./fetchedDialogs.ts";
import { FirstWorkflow } from "./FirstWorkflow.tsx";
import { NewWorkflowDialog } from "./NewWorkflowDialog.tsx";
import { TemplatesDialog } from "./TemplatesDialog.tsx";
import { useListState, type ListState, type Shape } from "./useWorkflowFilter.ts";
import { WorkflowCard } from "./WorkflowCard.tsx";
import { WorkflowTable } from "./WorkflowTable.tsx";
import cards from "./WorkflowCard.module.css";

const MAKES = ["new", "template", "import"] as const;
type Opened = { kind: (typeof MAKES)[number] } | { kind: "delete"; workflow: WorkflowSummary } | null;

/** All workflows: cards or rows, found by name, tag, integration, status and owner; and the ways to make one. */
export function WorkflowsPage() {
  const [state, change] = useListState();
  const [shape, setShape] = useKept<Shape>("cuelight.workflows.shape", "grid");
  const [chosen, setOpened] = useState<Opened>(null);
  // "Go to anything" leads here from any page with what is to be made.
  const [parameters, setParameters] = useSearchParams();
  const asked = MAKES.find((kind) => kind === parameters.get("make"));
  const opened = chosen ?? (asked ? { kind: asked } : null);
  const mayEdit = useRight("edit");
  const search = useDebounced(state.search.trim());
  const list = useWorkflows({ ...state, search });
  const close = () => {
    setOpened(null);
    if (asked)
      setParameters(
        (before) => {
          before.delete("make");
          return before;
        },
        { replace: true },
      );
  };

  const filtered = Boolean(search || state.status || state.owner);
  const none = list.data?.count === 0 && !filtered;
  const workflows = list.data?.results ?? [];

  return (
    <>
      {none && mayEdit ? (
        <FirstWorkflow
          onImport={() => setOpened({ kind: "import" })}
          onNew={() => setOpened({ kind: "new" })}
        />
      ) : (
        <Page
          title="Workflows"
          count={list.data?.count}
          actions={
            mayEdit && (
              <>
                <Button icon="file-input" onClick={() => setOpened({ kind: "import" })}>
                  Import
                </Button>
                <Button icon="layout-template" onClick={() => setOpened({ kind: "template" })}>
                  From a template
                </Button>
                <Button kind="primary" icon="plus" onClick={() => setOpened({ kind: "new" })}>
                  New workflow
                </Button>
              </>
            )
          }
        >
          <Narrow state={state} change={change} workflows={workflows} shape={shape} setShape={setShape} />
          {list.isPending ? (
            <Waiting />
          ) : list.isError ? (
            <ErrorPanel
              title="The workflows could not be loaded"
              text={asProblem(list.error).sentence}
              cause={asProblem(list.error).message}
              onRetry={() => void list.refetch()}
            />
          ) : workflows.length === 0 ? (
            <NothingFound
              state={state}
              filtered={filtered}
              onClear={() => change({ search: "", status: "", owner: "" })}
            />
          ) : shape === "grid" ? (
            <ul className={cards.cards}>
              {workflows.map((workflow) => (
                <WorkflowCard
                  key={workflow.id}
                  workflow={workflow}
                  onDelete={() => setOpened({ kind: "delete", workflow })}
                />
              ))}
            </ul>
          ) : (
            <WorkflowTable
              workflows={workflows}
              onDelete={(workflow) => setOpened({ kind: "delete", workflow })}
            />
          )}
          <Pager
            page={state.page}
            count={list.data?.count ?? 0}
            shown={workflows.length}
            more={Boolean(list.data?.next)}
            onChange={(page) => change({ page })}
          />
        </Page>
      )}
      {opened?.kind === "new" && <NewWorkflowDialog onClose={close} />}
      {opened?.kind === "import" && (
        <Suspense fallback={null}>
          <ImportDialog onClose={close} />
        </Suspense>
      )}
      {opened?.kind === "template" && <TemplatesDialog onClose={close} />}
      {opened?.kind === "delete" && <DeleteDialog workflow={opened.workflow} onClose={close} />}
    </>
  );
}

const orderOptions = [
  { value: "-last_run", label: "Last run first" },
  { value: "-updated_at", label: "Last changed first" },
  { value: "name", label: "By name" },
];

interface NarrowProps {
  state: ListState;
  change: (part: Partial<ListState>) => void;
  workflows: readonly WorkflowSummary[];
  shape: Shape;
  setShape: (shape: Shape) => void;
}

function Narrow({ state, change, workflows, shape, setShape }: NarrowProps) {
  const me = useSession().data?.user;
  const owners = new Map(
    workflows.flatMap(({ owner }) => (owner ? [[owner.username, owner.name] as const] : [])),
  );
  if (me) owners.delete(me.username);
  if (state.owner && state.owner !== me?.username && !owners.has(state.owner))
    owners.set(state.owner, state.owner);
  return (
    <Filters>
      <SearchField
        label="Find by name, tag or integration"
        value={state.search}
        onChange={(search) => change({ search })}
      />
      <Filter
        label="Status"
        value={state.status}
        onChange={(status) => change({ status })}
        options={statusOptions}
      />
      <Filter
        label="Owner"
        value={state.owner}
        onChange={(owner) => change({ owner })}
        options={[
          { value: "", label: "anyone" },
          ...(me ? [{ value: me.username, label: "me" }] : []),
          ...[...owners].map(([value, label]) => ({ value, label })),
        ]}
      />
      <span className="grow" />
      <Filter
        name="Sort"
        value={state.ordering}
        onChange={(ordering) => change({ ordering })}
        options={orderOptions}
      />
      <Segmented
        label="Show as"
        value={shape}
        onChange={setShape}
        segments={[
          { value: "grid", label: "Grid", icon: "layout-grid", title: "Pictures" },
          { value: "list", label: "List", icon: "list", title: "Rows" },
        ]}
      />
    </Filters>
  );
}

function NothingFound(props: { state: ListState; filtered: boolean; onClear: () => void }) {
  const { state, filtered, onClear } = props;
  if (!filtered) {
    return (
      <Empty title="No workflows yet" text="Nobody has drawn one. You may look at them, but not make one." />
    );
  }
  const status = statusOptions.find((option) => option.value === state.status)?.label;
  const said = [
    state.search.trim() && `“${state.search.trim()}” in the name, description, tags or integrations`,
    state.status && `last execution ${status}`,
    state.owner && `owner ${state.owner}`,
  ].filter(Boolean);
  return (
    <Empty title="No workflow matches" text={`Looked for ${said.join(", ")}.`}>
      <Button onClick={onClear}>Clear the filters</Button>
    </Empty>
  );
}

function Waiting() {
  return (
    <Loading what="Loading the workflows">
      <div className={cards.cards}>
        {[1, 2, 3, 4].map((n) => (
          <Block key={n} height="284px" radius="var(--radius-4)" />
        ))}
      </div>
    </Loading>
  );
}
