import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { maya, open, Refusal, serve } from "@/api/testing.tsx";
import { LoginPage } from "./LoginPage.tsx";

const signedOut = { "GET /api/session/": new Refusal(401, { title: "Signed out" }) };

async function signIn(username: string, password: string) {
  if (username) await userEvent.type(await screen.findByLabelText("User name"), username);
  if (password) await userEvent.type(screen.getByLabelText("Password"), password);
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

it("asks for what is missing before it asks the server", async () => {
  const asked = serve(signedOut);
  open(<LoginPage />, { path: "/login" });
  await screen.findByLabelText("User name");
  await signIn("", "");
  expect(screen.getByText("Write your user name.")).toBeVisible();
  expect(screen.getByText("Write your password.")).toBeVisible();
  expect(asked.filter(({ method }) => method === "POST")).toEqual([]);
});

it("says when the two do not belong together", async () => {
  serve({ ...signedOut, "POST /api/session/": new Refusal(400, { title: "Refused" }) });
  open(<LoginPage />, { path: "/login" });
  await signIn("maya", "wrong");
  expect(await screen.findByText(/do not belong together/)).toBeVisible();
});

it("goes where the person was going", async () => {
  serve({ ...signedOut, "POST /api/session/": maya });
  open(<LoginPage />, { path: "/login", at: "/login?next=%2Fapprovals%2F7" });
  await signIn("maya", "secret");
  expect(await screen.findByText("went to /approvals/7")).toBeVisible();
});
