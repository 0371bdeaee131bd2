import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { maya, open, page, serve } from "@/api/testing.tsx";
import { AccessKeys } from "./AccessKeys.tsx";

const key = {
  access_key_id: "CUEL01",
  name: "deploy",
  user: "maya",
  rights: ["run"],
  created_at: "2026-11-01T00:00:00Z",
  last_used_at: null,
};

it("shows a new pair once and never again", async () => {
  const asked = serve({
    "GET /api/session/": maya,
    "GET /api/access-keys/": page(),
    "POST /api/access-keys/": { ...key, secret_access_key: "once-only" },
  });
  open(<AccessKeys />);
  await userEvent.click(await screen.findByRole("button", { name: "Create an access key" }));
  await userEvent.type(screen.getByLabelText("Name"), "deploy{Enter}");
  expect(await screen.findByText("once-only")).toBeVisible();
  expect(screen.getByText("CUEL01")).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({ name: "deploy" });
  await userEvent.click(screen.getByRole("button", { name: "I have copied it" }));
  expect(screen.queryByText("once-only")).toBeNull();
});

it("says what each key may and how a tool is pointed here", async () => {
  serve({ "GET /api/session/": maya, "GET /api/access-keys/": page(key) });
  open(<AccessKeys />);
  const table = await screen.findByRole("table", { name: "Access keys" });
  expect(within(table).getByRole("cell", { name: "run" })).toBeVisible();
  expect(screen.getByLabelText("In a shell")).toHaveTextContent("AWS_DISABLE_HOST_PREFIX_INJECTION=true");
});
