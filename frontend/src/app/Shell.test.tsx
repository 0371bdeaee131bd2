import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { maya, open, page, Refusal, serve } from "@/api/testing.tsx";
import { Shell } from "./Shell.tsx";

it("leads to the sign-in page whoever is signed out", async () => {
  serve({ "GET /api/session/": new Refusal(401, { title: "Signed out" }) });
  open(<Shell />, { path: "/mailbox" });
  expect(await screen.findByText("went to /login")).toBeVisible();
});

it("counts the approvals that are open for me", async () => {
  serve({ "GET /api/session/": maya, "GET /api/approvals/": { ...page(), count: 3 } });
  open(<Shell />, { path: "/mailbox" });
  expect(await screen.findByRole("link", { name: /Approvals 3 open for you/ })).toBeVisible();
  expect(screen.getByRole("link", { name: "Mailbox" })).toHaveAttribute("aria-current", "page");
});

it("says when the server cannot be reached", async () => {
  serve({ "GET /api/session/": new Refusal(503, { title: "The server is not ready yet" }) });
  open(<Shell />);
  expect(await screen.findByText("The server is not ready yet")).toBeVisible();
  expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
});
