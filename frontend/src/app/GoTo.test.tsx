import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { maya, open, page, serve, workflow } from "@/api/testing.tsx";
import { GoTo } from "./GoTo.tsx";

const execution = {
  id: "e9",
  name: "run 0914",
  status: "RUNNING",
  started_at: "2026-11-21T09:00:00Z",
  stopped_at: null,
};

it("finds pages, workflows and executions, and goes there by keyboard", async () => {
  serve({
    "GET /api/session/": maya,
    "GET /api/workflows/": page(workflow("title-chooser", { id: "w1" })),
    "GET /api/executions/": page(execution),
  });
  const onClose = vi.fn();
  open(<GoTo onClose={onClose} />);
  expect(await screen.findByRole("option", { name: /run 0914/ })).toBeVisible();
  expect(await screen.findByRole("option", { name: "Mailbox" })).toBeVisible();

  await userEvent.type(screen.getByRole("combobox"), "zz");
  expect(screen.queryByRole("option", { name: "Mailbox" })).toBeNull();
  expect(screen.getByRole("option", { name: /title-chooser/ })).toHaveAttribute("aria-selected", "true");
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("option", { name: /run 0914/ })).toHaveAttribute("aria-selected", "true");
  await userEvent.keyboard("{Enter}");
  expect(onClose).toHaveBeenCalled();
  expect(await screen.findByText("went to /executions/e9")).toBeVisible();
});
