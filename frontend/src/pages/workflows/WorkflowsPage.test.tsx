import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { maya, open, page, Refusal, serve, workflow } from "@/api/testing.tsx";
import { WorkflowsPage } from "./WorkflowsPage.tsx";

const session = { "GET /api/session/": maya };

beforeEach(() => localStorage.clear());

it("shows each workflow with its purpose, its last run and where it stands", async () => {
  const last = {
    id: "e",
    name: "run 1",
    status: "FAILED" as const,
    started_at: "2026-11-01T08:00:00Z",
    stopped_at: "2026-11-01T08:41:00Z",
  };
  serve({
    ...session,
    "GET /api/workflows/": page(
      workflow("triage", {
        description: "Sorts letters",
        published_version: 21,
        draft_revision: 58,
        last_execution: last,
        recent_executions: [last],
      }),
      workflow("fresh"),
    ),
  });
  open(<WorkflowsPage />, { path: "/workflows" });
  const [triage, fresh] = await screen.findAllByRole("listitem");
  if (!triage || !fresh) throw new Error("two cards are expected");
  const inTriage = within(triage);
  expect(inTriage.getByText("Sorts letters")).toBeVisible();
  expect(inTriage.getByText("Failed")).toBeVisible();
  expect(inTriage.getByText("Version 21")).toBeVisible();
  expect(inTriage.getByText("Draft 58")).toBeVisible();
  expect(inTriage.getByRole("img", { name: /oldest first: failed/ })).toBeInTheDocument();
  expect(within(fresh).getByText("Never run")).toBeVisible();
  expect(within(fresh).getByText("Not published")).toBeVisible();
});

it("teaches where there is no workflow yet", async () => {
  serve({ ...session, "GET /api/workflows/": page(), "GET /api/templates/": [] });
  open(<WorkflowsPage />, { path: "/workflows" });
  expect(await screen.findByRole("heading", { name: "Draw your first workflow" })).toBeVisible();
});

it("says which filter finds nothing, and clears it", async () => {
  serve({
    ...session,
    "GET /api/workflows/": ({ query }: { query: URLSearchParams }) =>
      query.get("search") === null ? page(workflow("triage")) : page(),
  });
  open(<WorkflowsPage />, { path: "/workflows", at: "/workflows?search=zzz" });
  expect(
    await screen.findByText("Looked for “zzz” in the name, description, tags or integrations."),
  ).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Clear the filters" }));
  expect(await screen.findByRole("link", { name: "triage" })).toBeVisible();
});

it("says why it could not be loaded, and tries again", async () => {
  let broken = true;
  serve({
    ...session,
    "GET /api/workflows/": () =>
      broken
        ? new Refusal(503, { title: "Not ready", detail: "Tables are being made." })
        : page(workflow("triage")),
  });
  open(<WorkflowsPage />, { path: "/workflows" });
  expect(await screen.findByText("Tables are being made.")).toBeVisible();
  broken = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "triage" })).toBeVisible();
});

it("makes a workflow and opens it, and shows what the server says about its name", async () => {
  serve({
    ...session,
    "GET /api/workflows/": page(workflow("triage")),
    "POST /api/workflows/": ({ body }: { body: unknown }) =>
      (body as { name: string }).name === "triage"
        ? new Refusal(400, { title: "Invalid", errors: [{ field: "name", message: "This name is taken." }] })
        : workflow("fresh", { id: "77" }),
  });
  open(<WorkflowsPage />, { path: "/workflows" });
  await userEvent.click(await screen.findByRole("button", { name: "New workflow" }));
  const name = screen.getByLabelText("Name");
  await userEvent.type(name, "two words{Enter}");
  expect(screen.getByText(/without spaces/)).toBeVisible();
  await userEvent.clear(name);
  await userEvent.type(name, "triage{Enter}");
  expect(await screen.findByText("This name is taken.")).toBeVisible();
  await userEvent.clear(name);
  await userEvent.type(name, "fresh{Enter}");
  expect(await screen.findByText("went to /workflows/77")).toBeVisible();
});

it("copies a template under a name that is free and keeps its sample input", async () => {
  const template = {
    slug: "poll",
    name: "Poll a job",
    description: "Asks again",
    details: "1. **Ask** until it is ready.",
    definition: "{}",
    layout: null,
    input: { job: 1 },
  };
  serve({
    ...session,
    "GET /api/workflows/": page(),
    "GET /api/templates/": [template],
    "POST /api/workflows/": ({ body }: { body: unknown }) =>
      (body as { name: string }).name === "poll"
        ? new Refusal(400, { title: "Invalid", errors: [{ field: "name", message: "Taken." }] })
        : workflow("poll-2", { id: "78" }),
  });
  open(<WorkflowsPage />, { path: "/workflows" });
  await userEvent.click(await screen.findByRole("button", { name: /Poll a job/ }));
  // It is looked at before anything is made.
  expect(within(await screen.findByRole("dialog")).getByText("Asks again")).toBeVisible();
  expect(screen.getByText("Ask", { selector: "strong" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Use this template" }));
  expect(await screen.findByText("went to /workflows/78")).toBeVisible();
  expect(JSON.parse(localStorage.getItem("cuelight.input.78") ?? "")).toEqual({ job: 1 });
});

it("begins a workflow where Go to anything asks for one, and forgets it when it is closed", async () => {
  serve({ ...session, "GET /api/workflows/": page(workflow("triage")) });
  open(<WorkflowsPage />, { path: "/workflows", at: "/workflows?make=new" });
  expect(await screen.findByRole("dialog", { name: "New workflow" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});
