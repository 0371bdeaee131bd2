import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider, useLocation } from "react-router";
import { vi } from "vitest";
import { makeQueryClient } from "./client.ts";
import type { Approval, Page, Session, WorkflowSummary } from "./types.ts";

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

type Answer = object | ((asked: Asked) => object);

/** An answer that is no success. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: object,
  ) {}
}

/** Stands in for the network: answers by "METHOD /path", remembers what was asked, refuses the rest with 404. */
export function serve(answers: Record<string, Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (input: string, init?: RequestInit) => {
    const url = new URL(input, "http://cuelight.test");
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : null;
    const request = { method: init?.method ?? "GET", path: url.pathname, query: url.searchParams, body };
    asked.push(request);
    const found = answers[`${request.method} ${request.path}`] ?? new Refusal(404, { title: "Not found" });
    const answer: object = typeof found === "function" ? (found as (asked: Asked) => object)(request) : found;
    const [status, said] = answer instanceof Refusal ? [answer.status, answer.body] : [200, answer];
    return Promise.resolve(new Response(JSON.stringify(said), { status }));
  });
  return asked;
}

/** Shows a page at an address, with the cache and the router it lives in; other addresses show themselves. */
export function open(element: ReactNode, { path = "/", at = path }: { path?: string; at?: string } = {}) {
  const router = createMemoryRouter(
    [
      { path, element },
      { path: "*", element: <Elsewhere /> },
    ],
    { initialEntries: [at] },
  );
  return render(
    <QueryClientProvider client={makeQueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

function Elsewhere() {
  return <p>went to {useLocation().pathname}</p>;
}

export const page = <T,>(...results: T[]): Page<T> => ({
  count: results.length,
  next: null,
  previous: null,
  results,
});

export const maya: Session = {
  user: { id: 1, username: "maya", name: "Maya Okafor", initials: "MO", email: "maya@example.org" },
  workspace: { id: 1, number: "123456789012", name: "Northwind Studio", slug: "northwind" },
  rights: ["view", "edit", "publish", "run", "stop", "approve", "see_data", "use_connection", "manage"],
};

export const workflow = (name: string, more: Partial<WorkflowSummary> = {}): WorkflowSummary => ({
  id: `id-of-${name}`,
  name,
  description: "",
  type: "STANDARD",
  owner: maya.user,
  draft_revision: 1,
  arn: `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`,
  published_version: null,
  has_unpublished_changes: true,
  updated_at: "2026-11-21T10:00:00Z",
  definition: '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
  layout: null,
  last_execution: null,
  recent_executions: [],
  ...more,
});

export const approval = (more: Partial<Approval> = {}): Approval => ({
  id: "7",
  status: "open",
  question: "Which title?",
  details: null,
  choices: [
    { value: "a", label: "Title A", description: "It is published." },
    { value: "b", label: "Title B" },
  ],
  fields: null,
  comment: "optional",
  execution: { id: "e", name: "run 1" },
  workflow: null,
  state: "Ask",
  requested_by: null,
  requested_at: "2026-11-20T10:00:00Z",
  expires_at: null,
  recipients: [],
  decision: null,
  votes: [],
  can_decide: true,
  ...more,
});
