import { useCallback, useMemo, useState } from "react";
import { useFreshExecution, useMapRuns, useWaits } from "@/api/executions.ts";
import { useRight } from "@/api/session.ts";
import type { Execution, MapRun } from "@/api/types.ts";
import { Legend } from "@/canvas/Legend.tsx";
import { MarksContext, type Mark } from "@/canvas/marks.ts";
import { dueOf } from "@/execution/due.ts";
import { ExecutionPanel, type ExecutionTab } from "@/execution/ExecutionPanel.tsx";
import type { PartialMessage } from "@/execution/live.ts";
import { hasMapRuns, isMapRunState, mapRunOf } from "@/execution/mapRuns.ts";
import { MapRunPanel } from "@/execution/MapRunPanel.tsx";
import { lastAttempt, type Visit } from "@/execution/model.ts";
import { overlayOf } from "@/execution/overlay.ts";
import { pictureOf } from "@/execution/picture.ts";
import { StatePanel, type StateTab } from "@/execution/StatePanel.tsx";
import { runName } from "@/execution/words.ts";
import { TrialBadge } from "@/execution/TrialBadge.tsx";
import { newestLive, waitingFor } from "@/execution/waiting.ts";
import { WaitActs } from "@/execution/WaitActs.tsx";
import { useStoredGraph } from "@/canvas/useStoredGraph.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { useKey } from "@/ui/keys.ts";
import { PageBar } from "@/ui/PageBar.tsx";
import { StatusBadge } from "@/ui/StatusBadge.tsx";
import { executionStatus, isLive } from "@/ui/status.ts";
import { useNow } from "@/ui/time.ts";
import { culpritOf, Ended, EndedBanner } from "./EndedBanner.tsx";
import { Facts } from "./Facts.tsx";
import { GraphPanel } from "./GraphPanel.tsx";
import { LiveSign } from "./LiveSign.tsx";
import { NewExecutionDialog } from "./NewExecutionDialog.tsx";
import { Records } from "./Records.tsx";
import { RedriveDialog } from "./RedriveDialog.tsx";
import { whyNotRedriven } from "./redrivable.ts";
import { StopDialog } from "./StopDialog.tsx";
import { useSelection } from "./useSelection.ts";
import { useWatch } from "./useWatch.ts";
import styles from "./ExecutionPage.module.css";

/** The page of an execution that is known: everything on it is a view of one folded model. */
export function LivePage({ execution }: { execution: Execution }) {
  const { watched, again } = useWatch(execution.id, execution.last_seq);
  const { model } = watched;
  const selection = useSelection();
  const [tab, setTab] = useState<StateTab>("data");
  const [executionTab, setExecutionTab] = useState<ExecutionTab>("data");
  const [stay, setStay] = useState<{ frame: number; visit: number } | null>(null);
  const [follow, setFollow] = useState(true);
  const [alone, setAlone] = useState(false);
  const [asking, setAsking] = useState<"stop" | "start" | "redrive" | null>(null);
  const mayStop = useRight("stop");
  const mayRun = useRight("run");

  const status = model.startedAt === null ? execution.status : model.status;
  const running = isLive(status);
  useFreshExecution(execution.id, watched.caughtUp && model.status !== execution.status);
  const whyNot = whyNotRedriven(execution, status);
  // A clock that is behind the server's never shows less than nothing.
  const now = Math.max(useNow(running ? 1000 : null), model.lastAt ?? 0);
  const name = runName(execution.name);
  const { definition, layout, trial } = execution;
  const { graph, fold } = useStoredGraph(definition, layout);
  const marks = useMemo(
    () => new Map((trial?.pinned ?? []).map((pinned): [string, Mark] => [pinned, "pinned"])),
    [trial],
  );
  const picture = useMemo(() => pictureOf(model, graph, selection.picks), [model, graph, selection.picks]);

  const node = selection.state === null ? null : (graph.nodes.get(selection.state) ?? null);
  const shown = node ? (picture.visits.get(node.id) ?? null) : null;
  const chosen =
    stay !== null && shown !== null && stay.frame === shown.frame ? model.visits[stay.visit] : undefined;
  const visit = chosen?.name === shown?.name ? (chosen ?? shown) : shown;

  const live = newestLive(model);
  const waits = useWaits(
    execution.id,
    waitsKey(visit, live),
    running && needsWaits(visit, picture.counts["waiting-time"]),
  );
  const known = useMemo(() => waits.data ?? [], [waits.data]);
  const mapRuns = useMapRuns(execution.id, { enabled: hasMapRuns(graph), live: running }).data ?? none;
  const due = useCallback(
    (of: Visit) => dueOf(of, graph.nodes.get(of.name)?.state ?? null, known),
    [graph, known],
  );
  // Until the record has been read there are no statuses to show; none is not the same as "Not started".
  const { caughtUp } = watched;
  const overlay = useMemo(
    () => (caughtUp ? overlayOf(model, graph, picture, now, due, mapRuns) : null),
    [caughtUp, model, graph, picture, now, due, mapRuns],
  );

  const { select } = selection;
  const choose = useCallback(
    (id: string | null) => {
      setStay(null);
      const inside = id === null ? [] : (picture.visits.get(id)?.scope ?? []);
      select(
        id,
        inside.filter(([container]) => graph.nodes.get(container)?.kind === "map"),
      );
    },
    [select, picture, graph],
  );
  useKey("escape", () => (alone ? setAlone(false) : choose(null)));

  const wait =
    visit?.endedAt === null
      ? known.find((one) => one.frame === visit.frame && one.state === visit.name)
      : undefined;
  const stays = shown === null ? [] : (model.frames.get(shown.frame)?.visits.get(shown.name) ?? []);
  const workflow = execution.workflow;

  return (
    <div className={styles.page}>
      <title>{`${name} of ${execution.workflow?.name ?? "a workflow"}, Cuelight`}</title>
      <PageBar
        parent={
          workflow
            ? { label: workflow.name, to: `/workflows/${workflow.id}` }
            : { label: "Executions", to: "/executions" }
        }
        name={name}
        aside={
          <>
            <StatusBadge status={executionStatus(status, waitingFor(model))} />
            {trial && <TrialBadge trial={trial} />}
          </>
        }
        actions={
          <>
            <LiveSign watched={watched} onAgain={again} />
            {workflow && (
              <span className={styles.studio}>
                <ButtonLink
                  kind="quiet"
                  icon="pencil"
                  to={`/workflows/${workflow.id}`}
                  // Whoever goes to mend it finds what is to be mended in hand.
                  state={{ select: node?.id ?? culpritOf(model, graph) }}
                >
                  Edit workflow
                </ButtonLink>
              </span>
            )}
            {workflow && mayRun && execution.item_index == null && (
              <Button icon="play" onClick={() => setAsking("start")}>
                New execution
              </Button>
            )}
            {mayStop && (
              <Button
                icon="step-forward"
                disabled={whyNot !== null}
                title={whyNot ?? "Go on from where it failed"}
                onClick={() => setAsking("redrive")}
              >
                Redrive
              </Button>
            )}
            {mayStop && (
              <Button kind="danger" icon="square" disabled={!running} onClick={() => setAsking("stop")}>
                Stop
              </Button>
            )}
          </>
        }
      />
      <Facts execution={execution} model={model} now={now} />
      <div className={styles.body} data-alone={alone ? "" : undefined}>
        <MarksContext value={marks}>
          <GraphPanel
            label={`Graph of ${name}`}
            graph={graph}
            overlay={overlay}
            selected={node?.id ?? null}
            onSelect={choose}
            onPickItem={selection.pick}
            onFold={fold}
            live={live?.name ?? null}
            follow={follow}
            running={running}
            onFollow={setFollow}
            alone={alone}
            onAlone={setAlone}
          >
            {(alone || node !== null) && (
              <EndedBanner
                model={model}
                graph={graph}
                selected={alone ? null : (node?.id ?? null)}
                onShow={choose}
              />
            )}
          </GraphPanel>
        </MarksContext>
        {!alone && (
          <div className={styles.right}>
            {node?.state ? (
              <StatePanel
                key={node.id}
                model={model}
                graph={graph}
                node={node}
                visit={visit}
                stays={stays}
                onStay={(number) => shown && setStay({ frame: shown.frame, visit: number })}
                now={now}
                due={visit ? due(visit) : null}
                partial={visit ? partialOf(visit, watched.partials, known) : null}
                tab={tab}
                onTab={setTab}
                mapRun={
                  isMapRunState(node) && (
                    <MapRunPanel run={visit && mapRunOf(mapRuns, visit)} mayChange={mayStop} />
                  )
                }
                acts={
                  wait &&
                  mayStop && (
                    <WaitActs
                      execution={execution.id}
                      state={node.name}
                      wait={wait}
                      due={wait.due === null ? null : Date.parse(wait.due)}
                    />
                  )
                }
              />
            ) : (
              <ExecutionPanel
                execution={execution}
                model={model}
                now={now}
                tab={executionTab}
                onTab={setExecutionTab}
                onSelect={choose}
                ended={<Ended model={model} graph={graph} onShow={choose} />}
              />
            )}
            <Records
              {...{ model, graph, picture, now, selection }}
              selected={node?.id ?? null}
              onSelect={choose}
            />
          </div>
        )}
      </div>
      <Legend counts={caughtUp ? picture.counts : {}} />
      {asking === "stop" && (
        <StopDialog execution={{ id: execution.id, name }} onClose={() => setAsking(null)} />
      )}
      {asking === "redrive" && (
        <RedriveDialog execution={{ id: execution.id, name }} onClose={() => setAsking(null)} />
      )}
      {asking === "start" && workflow && (
        <NewExecutionDialog execution={execution} workflow={workflow} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

const none: readonly MapRun[] = [];

/* Waits are asked for only when somebody looks at one, or a clock on the graph has no end to count to. */
function needsWaits(visit: Visit | null, waitingForTime: number): boolean {
  return visit?.endedAt === null || waitingForTime > 0;
}

/** Changes whenever what is looked at, or the clock on the graph, has begun to wait for something else. */
function waitsKey(visit: Visit | null, live: Visit | null): number {
  if (visit?.endedAt === null) return visit.entries.at(-1) ?? 0;
  return live?.status === "waiting-time" ? (live.entries.at(-1) ?? 0) : 0;
}

/** What the model has said so far in the attempt that runs: from the socket, or on a reload with the waits. */
function partialOf(
  visit: Visit,
  partials: ReadonlyMap<number, PartialMessage>,
  waits: readonly { frame: number; state: string; partial_text: string | null }[],
): string | null {
  if (visit.endedAt !== null || lastAttempt(visit)?.outcome !== "running") return null;
  const live = partials.get(visit.frame);
  if (live?.state === visit.name) return live.text;
  const wait = waits.find((one) => one.frame === visit.frame && one.state === visit.name);
  return wait?.partial_text || null;
}
