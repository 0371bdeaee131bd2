import { useSearchParams } from "react-router";
import { useExecutions } from "@/api/executions.ts";
import { asProblem } from "@/api/problem.ts";
import { useWorkflows } from "@/api/workflows.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Filter } from "@/ui/Filter.tsx";
import { Filters, Page } from "@/ui/Page.tsx";
import { Pager } from "@/ui/Pager.tsx";
import { SearchField } from "@/ui/SearchField.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { statusOptions } from "@/ui/status.ts";
import { useDebounced } from "@/ui/useDebounced.ts";
import { useTyped } from "@/ui/useTyped.ts";
import { ExecutionsTable } from "./ExecutionsTable.tsx";
import styles from "./ExecutionsPage.module.css";

const trialOptions = [
  { value: "", label: "any" },
  { value: "false", label: "left out" },
  { value: "true", label: "alone" },
];

interface ListState {
  search: string;
  status: string;
  workflow: string;
  trial: string;
  page: number;
}

/** All executions, the newest first, however they were started; the list refreshes by itself. */
export function ExecutionsPage() {
  const [parameters, setParameters] = useSearchParams();
  const [typed, setTyped] = useTyped(parameters.get("search") ?? "");
  const state: ListState = {
    search: typed,
    status: parameters.get("status") ?? "",
    workflow: parameters.get("workflow") ?? "",
    trial: trialOptions.find(({ value }) => value === parameters.get("trial"))?.value ?? "",
    page: Math.max(1, Number(parameters.get("page")) || 1),
  };
  const change = (part: Partial<ListState>) => {
    const next = { ...state, page: 1, ...part };
    if (next.search !== typed) setTyped(next.search);
    const given = Object.entries(next).filter(
      ([name, value]) => value !== "" && !(name === "page" && value === 1),
    );
    setParameters(new URLSearchParams(given.map(([name, value]) => [name, String(value)])), {
      replace: true,
    });
  };
  const search = useDebounced(state.search.trim());
  const list = useExecutions({ ...state, search });
  const workflows = useWorkflows({ ordering: "name" }, false).data?.results ?? [];
  const executions = list.data?.results ?? [];
  const filtered = Boolean(search || state.status || state.workflow || state.trial);
  const clear = () => change({ search: "", status: "", workflow: "", trial: "" });
  const named = workflows.find(({ id }) => id === state.workflow)?.name ?? state.workflow;

  return (
    <Page title="Executions" count={list.data?.count}>
      <Filters>
        <SearchField
          label="Find by name"
          value={state.search}
          onChange={(text) => change({ search: text })}
        />
        <Filter
          label="Status"
          value={state.status}
          onChange={(status) => change({ status })}
          options={statusOptions}
        />
        <Filter
          label="Workflow"
          value={state.workflow}
          onChange={(workflow) => change({ workflow })}
          options={[
            { value: "", label: "any" },
            ...workflows.map(({ id, name }) => ({ value: id, label: name })),
            ...(state.workflow && !workflows.some(({ id }) => id === state.workflow)
              ? [{ value: state.workflow, label: named }]
              : []),
          ]}
        />
        <Filter
          label="Trials"
          value={state.trial}
          onChange={(trial) => change({ trial })}
          options={trialOptions}
        />
        {filtered && (
          <Button kind="quiet" icon="x" onClick={clear}>
            Clear
          </Button>
        )}
      </Filters>
      {list.isPending ? (
        <Loading what="Loading the executions">
          <div className={styles.rows}>
            {Array.from({ length: 10 }, (_, n) => (
              <Block key={n} height="28px" />
            ))}
          </div>
        </Loading>
      ) : list.isError ? (
        <ErrorPanel
          title="The executions could not be loaded"
          text={asProblem(list.error).sentence}
          cause={asProblem(list.error).message}
          onRetry={() => void list.refetch()}
        />
      ) : executions.length > 0 ? (
        <ExecutionsTable executions={executions} />
      ) : filtered ? (
        <Empty title="No execution matches" text={`Looked for ${sought({ ...state, search }, named)}.`}>
          <Button onClick={clear}>Clear the filters</Button>
        </Empty>
      ) : (
        <Empty
          title="Run a workflow"
          text="Each run stands here with its status, whoever started it: the studio, the API, a trigger or another workflow."
        >
          <ButtonLink kind="primary" to="/workflows">
            Choose a workflow
          </ButtonLink>
        </Empty>
      )}
      <Pager
        page={state.page}
        count={list.data?.count ?? 0}
        shown={executions.length}
        more={Boolean(list.data?.next)}
        onChange={(page) => change({ page })}
      />
    </Page>
  );
}

function sought({ search, status, workflow, trial }: ListState, named: string): string {
  const word = statusOptions.find((option) => option.value === status)?.label;
  return [
    search && `“${search}” in the name`,
    status && `status ${word}`,
    workflow && `workflow ${named}`,
    trial && (trial === "true" ? "trials alone" : "no trials"),
  ]
    .filter(Boolean)
    .join(", ");
}
