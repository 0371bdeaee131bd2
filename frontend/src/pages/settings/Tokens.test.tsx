import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { maya, open, page, serve } from "@/api/testing.tsx";
import { Tokens } from "./Tokens.tsx";

const token = {
  id: "t1",
  name: "ci",
  rights: ["view"],
  created_at: "2026-11-01T00:00:00Z",
  expires_at: null,
  last_used_at: null,
};

it("shows a new token once and never again", async () => {
  const asked = serve({
    "GET /api/session/": maya,
    "GET /api/tokens/": page(),
    "POST /api/tokens/": { ...token, token: "cue_once" },
  });
  open(<Tokens />);
  await userEvent.click(await screen.findByRole("button", { name: "Create a token" }));
  await userEvent.type(screen.getByLabelText("Name"), "ci{Enter}");
  expect(await screen.findByText("cue_once")).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({ name: "ci" });
  await userEvent.click(screen.getByRole("button", { name: "I have copied it" }));
  expect(screen.queryByText("cue_once")).toBeNull();
});

it("asks again before it revokes, with the harmless way out in focus", async () => {
  const asked = serve({ "GET /api/session/": maya, "GET /api/tokens/": page(token) });
  open(<Tokens />);
  await userEvent.click(await screen.findByRole("button", { name: "Revoke…" }));
  expect(screen.getByRole("alertdialog", { name: "Revoke ci?" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Keep it" })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
});
