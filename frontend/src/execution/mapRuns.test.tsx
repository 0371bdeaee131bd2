import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { open, page, serve } from "@/api/testing.tsx";
import type { ExecutionSummary, MapRun } from "@/api/types.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { fold } from "./fold.ts";
import { MapRunPanel } from "./MapRunPanel.tsx";
import { mapRunOf } from "./mapRuns.ts";
import { emptyModel } from "./model.ts";
import { overlayOf } from "./overlay.ts";
import { pictureOf } from "./picture.ts";
import { at, Script } from "./testing.ts";

const none = {
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timed_out: 0,
  aborted: 0,
  pending_redrive: 0,
};

function runAt(started: string, more: Partial<MapRun> = {}): MapRun {
  return {
    id: "m1",
    arn: "arn:aws:states:us-east-1:123456789012:mapRun:machine/Each:m1",
    state: "Each",
    frame: 0,
    status: "RUNNING",
    express: false,
    max_concurrency: 40,
    tolerated_failure_count: 2,
    tolerated_failure_percentage: 0,
    started_at: started,
    stopped_at: null,
    redrive_count: 0,
    counts: { ...none, total: 1200, succeeded: 900, running: 40, failed: 1, pending: 259 },
    ...more,
  };
}

const child: ExecutionSummary = {
  id: "e7",
  name: "0dfdf6dc-b8e4-4564-8857-48a36052907b",
  status: "FAILED",
  error: "States.TaskFailed",
  started_at: "2026-11-21T09:00:00Z",
  stopped_at: "2026-11-21T09:00:03Z",
  map_run: "m1",
  item_index: 7,
};

const distributed = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED" },
        StartAt: "Item",
        States: { Item: { Type: "Pass", End: true } },
      },
      End: true,
    },
  },
};

function visited() {
  const each = at("Each");
  const script = new Script().start().enter("Map", each).event("MapStateStarted", each, { length: 1200 });
  const model = fold(emptyModel(), script.event("MapRunStarted", each).entries);
  const [visit] = model.visits;
  if (visit === undefined) throw new Error("nothing was entered");
  return { model, visit, moment: (ms: number) => new Date(visit.enteredAt + ms).toISOString() };
}

test("a stay in a state has the Map Run that was started last within it", () => {
  const { visit, moment } = visited();
  const runs = [runAt(moment(-1)), runAt(moment(0), { id: "m2" }), runAt(moment(5), { id: "m3" })];
  expect(mapRunOf(runs, visit)?.id).toBe("m3");
  expect(mapRunOf([runAt(moment(5), { frame: 3 })], visit)).toBeNull();
  expect(mapRunOf([runAt(moment(5))], { ...visit, endedAt: visit.enteredAt + 1 })).toBeNull();
});

test("the card of a distributed Map counts its children and has no item to pick", () => {
  const { model, moment } = visited();
  const graph = deriveGraph(distributed);
  const picture = pictureOf(model, graph, new Map());
  const overlay = overlayOf(model, graph, picture, 0, () => null, [runAt(moment(0))]);
  expect(overlay.states.get("Each")?.items).toEqual({
    index: null,
    total: 1200,
    counts: { succeeded: 900, running: 40, failed: 1, "not-started": 259 },
  });
});

test("the panel says counts and bounds, and leads to each child's own page", async () => {
  serve({ "GET /api/executions/": page(child) });
  open(<MapRunPanel run={runAt("2026-11-21T09:00:00Z")} mayChange />, { path: "/" });
  expect(screen.getByRole("img")).toHaveAccessibleName(
    "1200 items: 900 succeeded, 40 running, 1 failed, 259 not started",
  );
  const link = await screen.findByRole("link", { name: "0dfdf6dc" });
  expect(link).toHaveAttribute("href", "/executions/e7");
  for (const words of ["#7", "States.TaskFailed", "3.0 s"]) expect(screen.getByText(words)).toBeVisible();
});

test("the bounds of a Map Run that runs are changed by those who may", async () => {
  const asked = serve({ "GET /api/executions/": page(), "PATCH /api/map-runs/m1/": runAt("2026-11-21") });
  open(<MapRunPanel run={runAt("2026-11-21T09:00:00Z")} mayChange />, { path: "/" });
  await userEvent.click(screen.getByRole("button", { name: "Change bounds" }));
  const most = screen.getByLabelText("Children at one time");
  await userEvent.clear(most);
  await userEvent.type(most, "x");
  const [, confirm] = screen.getAllByRole("button", { name: "Change bounds", hidden: true });
  await userEvent.click(confirm as HTMLElement);
  expect(screen.getByText("A whole number of at least 0.")).toBeVisible();
  await userEvent.clear(most);
  await userEvent.type(most, "80");
  await userEvent.click(confirm as HTMLElement);
  expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({
    max_concurrency: 80,
    tolerated_failure_count: 2,
    tolerated_failure_percentage: 0,
  });
});

test("a Map Run that ended, or that one may only look at, has no bounds to change", () => {
  serve({ "GET /api/executions/": page() });
  const ended = runAt("2026-11-21T09:00:00Z", { status: "SUCCEEDED" });
  const { unmount } = open(<MapRunPanel run={ended} mayChange />, { path: "/" });
  expect(screen.queryByRole("button", { name: "Change bounds" })).toBeNull();
  unmount();
  open(<MapRunPanel run={runAt("2026-11-21T09:00:00Z")} mayChange={false} />, { path: "/" });
  expect(screen.queryByRole("button", { name: "Change bounds" })).toBeNull();
});
