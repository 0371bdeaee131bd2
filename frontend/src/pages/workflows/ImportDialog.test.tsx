import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { maya, open, Refusal, serve } from "@/api/testing.tsx";
import { ImportDialog } from "./ImportDialog.tsx";

const text = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}';
const named = (name: string, known = true) => ({ name, states: ["A"], known });
const review = {
  states: 1,
  language: "JSONPath",
  actions: [named("arn:aws:states:::aws-sdk:s3:putObject")],
  hosts: [named("api.example.com")],
  connections: [named("crm", false)],
  functions: [],
  workflows: [],
  people: [],
  placeholders: ["bucket"],
  diagnostics: [],
  aws: [],
};

beforeEach(() => localStorage.clear());

it("says what a fetched definition would use before it is made", async () => {
  serve({
    "GET /api/session/": maya,
    "POST /api/definitions/fetch/": { text, name: "hello.asl.json" },
    "POST /api/definitions/review/": review,
  });
  open(<ImportDialog onClose={() => undefined} />);
  await userEvent.type(screen.getByLabelText(/From an address/), "https://example.com/hello.asl.json");
  await userEvent.click(screen.getByRole("button", { name: "Fetch it" }));
  expect(await screen.findByText("api.example.com")).toBeVisible();
  expect(screen.getByText("s3:putObject")).toBeVisible();
  expect(screen.getByText("not there yet")).toBeVisible();
  expect(screen.getByText("${bucket}")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("hello");
});

it("tells at the address why nothing came", async () => {
  serve({
    "GET /api/session/": maya,
    "POST /api/definitions/fetch/": new Refusal(400, {
      errors: [{ field: "url", message: "127.0.0.1 is a private address." }],
    }),
  });
  open(<ImportDialog onClose={() => undefined} />);
  await userEvent.type(screen.getByLabelText(/From an address/), "http://127.0.0.1/{Enter}");
  expect(await screen.findByText("127.0.0.1 is a private address.")).toBeVisible();
});
