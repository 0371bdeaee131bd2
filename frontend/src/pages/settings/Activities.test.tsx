import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { maya, open, page, Refusal, serve } from "@/api/testing.tsx";
import { Activities } from "./Activities.tsx";

const arn = "arn:aws:states:us-east-1:123456789012:activity:paint";
const paint = { name: "paint", arn, created_at: "2026-11-01T00:00:00Z", waiting: 2 };

it("teaches a worker where there is no activity yet", async () => {
  serve({ "GET /api/session/": maya, "GET /api/activities/": page() });
  open(<Activities />);
  expect(
    await screen.findByRole("heading", { name: "Let a program of yours do a state's work" }),
  ).toBeVisible();
  expect(screen.getByLabelText("A worker in Python")).toHaveTextContent("get_activity_task");
});

it("shows how many tasks wait for a worker, and the worker for them", async () => {
  serve({ "GET /api/session/": maya, "GET /api/activities/": page(paint) });
  open(<Activities />);
  const row = await screen.findByRole("row", { name: /paint/ });
  expect(within(row).getByText("2 tasks")).toBeVisible();
  expect(screen.getByLabelText("A worker in Python")).toHaveTextContent(`activity = "${arn}"`);
});

it("says at the field why a name cannot be", async () => {
  const errors = [{ field: "name", message: "A name stands in the ARN and may not hold white space." }];
  const asked = serve({
    "GET /api/session/": maya,
    "GET /api/activities/": page(),
    "POST /api/activities/": new Refusal(400, { title: "No", status: 400, detail: "No", errors }),
  });
  open(<Activities />);
  await userEvent.click(await screen.findByRole("button", { name: "Create an activity" }));
  await userEvent.type(screen.getByLabelText("Name"), "two words{Enter}");
  expect(await screen.findByText(/may not hold white space/)).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ name: "two words" });
});

it("says what deleting does to what waits, with the harmless way out in focus", async () => {
  const asked = serve({ "GET /api/session/": maya, "GET /api/activities/": page(paint) });
  open(<Activities />);
  await userEvent.click(await screen.findByRole("button", { name: "Delete paint…" }));
  expect(screen.getByRole("alertdialog", { name: "Delete paint?" })).toHaveTextContent("2 tasks wait");
  expect(screen.getByRole("button", { name: "Keep it" })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
});

it("offers nothing to change to who may only look", async () => {
  serve({
    "GET /api/session/": { ...maya, rights: ["view"] },
    "GET /api/activities/": page(paint),
  });
  open(<Activities />);
  await screen.findByRole("row", { name: /paint/ });
  expect(screen.queryByRole("button", { name: "Create an activity" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Delete paint…" })).toBeNull();
});
