import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { open, Refusal, serve } from "@/api/testing.tsx";
import type { Connection } from "@/api/types.ts";
import { ConnectionDialog } from "./ConnectionDialog.tsx";

const workstation: Connection = {
  id: "c3",
  name: "workstation",
  kind: "openai",
  base_url: "http://10.0.0.7:8001/v1",
  hosts: [],
  settings: { model: "qwen3-8b", headers: { a: "b" } },
  auth_type: "bearer",
  has_secret: true,
  builtin: false,
  status: "ok",
  used_by_count: 0,
  last_used_at: null,
};

it("leaves the stored secret alone when none is typed, and keeps settings it does not show", async () => {
  const asked = serve({ "PATCH /api/connections/c3/": workstation });
  open(<ConnectionDialog connection={workstation} onClose={vi.fn()} />);
  expect(screen.getByLabelText("Token")).toHaveAttribute("placeholder", "stored, replace");
  expect(screen.getByLabelText("Token")).toHaveValue("");
  await userEvent.clear(screen.getByLabelText(/Model/));
  await userEvent.type(screen.getByLabelText(/Model/), "llama");
  await userEvent.click(screen.getByRole("button", { name: "Save the changes" }));
  expect(asked[0]?.body).not.toHaveProperty("secret");
  expect(asked[0]?.body).toMatchObject({ settings: { model: "llama", headers: { a: "b" } } });
});

it("asks only for what the kind needs, and sends the secret that was typed", async () => {
  const asked = serve({ "POST /api/connections/": { ...workstation, name: "cloud" } });
  open(<ConnectionDialog connection={null} onClose={vi.fn()} />);
  await userEvent.selectOptions(screen.getByLabelText("Kind"), "aws");
  expect(screen.queryByLabelText("Base URL")).toBeNull();
  await userEvent.type(screen.getByLabelText("Name"), "cloud");
  await userEvent.type(screen.getByLabelText(/Region/), "eu-central-1");
  await userEvent.type(screen.getByLabelText("Access key ID"), "AKIA1");
  await userEvent.type(screen.getByLabelText("Secret access key"), "s3cret");
  await userEvent.click(screen.getByRole("button", { name: "Add connection" }));
  expect(asked[0]?.body).toMatchObject({
    name: "cloud",
    kind: "aws",
    auth_type: "aws",
    settings: { region: "eu-central-1" },
    secret: { access_key_id: "AKIA1", secret_access_key: "s3cret" },
  });
});

it("says at the field what is wrong, before and after the server was asked", async () => {
  const refused = new Refusal(400, {
    title: "Invalid",
    errors: [{ field: "base_url", message: "This host is private." }],
  });
  const asked = serve({ "POST /api/connections/": refused });
  open(<ConnectionDialog connection={null} onClose={vi.fn()} />);
  await userEvent.type(screen.getByLabelText("Name"), "shop");
  await userEvent.type(screen.getByLabelText("Base URL"), "shop.example");
  await userEvent.click(screen.getByRole("button", { name: "Add connection" }));
  expect(screen.getByText(/Write the whole address/)).toBeVisible();
  expect(asked).toEqual([]);
  await userEvent.clear(screen.getByLabelText("Base URL"));
  await userEvent.type(screen.getByLabelText("Base URL"), "http://10.0.0.1/{Enter}");
  expect(await screen.findByText("This host is private.")).toBeVisible();
});
