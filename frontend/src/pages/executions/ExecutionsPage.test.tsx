import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { open, page, serve } from "@/api/testing.tsx";
import type { ExecutionSummary } from "@/api/types.ts";
import { ExecutionsPage } from "./ExecutionsPage.tsx";

const run: ExecutionSummary = {
  id: "e1",
  name: "run 0914",
  status: "SUCCEEDED",
  workflow: { id: "w1", name: "title-chooser" },
  started_at: "2026-11-21T09:00:00Z",
  stopped_at: "2026-11-21T09:02:05Z",
  started_by: "Maya Okafor",
  version: 7,
};

it("says what ran, how long, and by whom", async () => {
  serve({ "GET /api/executions/": page(run), "GET /api/workflows/": page() });
  open(<ExecutionsPage />, { path: "/executions" });
  expect(await screen.findByRole("link", { name: "run 0914" })).toHaveAttribute("href", "/executions/e1");
  expect(screen.getByRole("link", { name: "title-chooser" })).toHaveAttribute("href", "/workflows/w1");
  for (const words of ["Succeeded", "Version 7", "2 min 5 s", "Maya Okafor"]) {
    expect(screen.getByText(words)).toBeVisible();
  }
});

it("tells trials from real executions, and leaves them out where that is wanted", async () => {
  const trial = { until: "Score", from: null, pinned: ["Fetch"] };
  const asked = serve({
    "GET /api/executions/": page({ ...run, draft: true, trial }),
    "GET /api/workflows/": page(),
  });
  open(<ExecutionsPage />, { path: "/executions" });
  expect(await screen.findByText("Trial")).toHaveAttribute(
    "title",
    "A trial of the draft: up to “Score”, 1 pinned",
  );
  await userEvent.click(screen.getByRole("button", { name: "Trials: any" }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name: "left out" }));
  expect(await screen.findByRole("button", { name: "Trials: left out" })).toBeVisible();
  expect(asked.at(-1)?.query.toString()).toBe("trial=false&page=1");
});

it("asks the server with the filters of the address and pages through", async () => {
  const asked = serve({
    "GET /api/executions/": { ...page(run), count: 57, next: "/api/executions/?page=2" },
    "GET /api/workflows/": page(),
  });
  open(<ExecutionsPage />, { path: "/executions", at: "/executions?status=FAILED" });
  await userEvent.click(await screen.findByRole("button", { name: "Next" }));
  const queries = asked
    .filter(({ path }) => path === "/api/executions/")
    .map(({ query }) => query.toString());
  expect(queries).toContain("status=FAILED&page=1");
  expect(queries).toContain("status=FAILED&page=2");
});
