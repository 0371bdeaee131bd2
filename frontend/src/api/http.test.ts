import { afterEach, expect, it, vi } from "vitest";
import { call, withQuery } from "./http.ts";
import { Problem } from "./problem.ts";

const answers = (response: Response | Error) => {
  const spy = vi.fn<typeof fetch>(() =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );
  vi.stubGlobal("fetch", spy);
  return spy;
};

afterEach(() => vi.unstubAllGlobals());

it("leaves empty values out of a query", () => {
  expect(withQuery("/api/workflows/", { search: "a b", status: "", page: 2, owner: undefined })).toBe(
    "/api/workflows/?search=a+b&page=2",
  );
  expect(withQuery("/api/workflows/")).toBe("/api/workflows/");
});

it("sends JSON with the CSRF token of the cookie", async () => {
  document.cookie = "csrftoken=abc123";
  const spy = answers(new Response('{"id": 1}', { status: 201 }));
  await expect(call("POST", "/api/workflows/", { body: { name: "x" } })).resolves.toEqual({ id: 1 });
  const init = spy.mock.calls[0]?.[1];
  expect(init?.headers).toMatchObject({ "X-CSRFToken": "abc123", "Content-Type": "application/json" });
  expect(init?.body).toBe('{"name":"x"}');
});

it("takes an answer without a body", async () => {
  answers(new Response(null, { status: 204 }));
  await expect(call("DELETE", "/api/tokens/1/")).resolves.toBeUndefined();
});

it("throws the server's problem", async () => {
  answers(new Response('{"title": "Stale", "current_revision": 4}', { status: 409 }));
  const thrown = await call("PATCH", "/api/workflows/1/").catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Problem);
  expect(thrown).toMatchObject({ status: 409, title: "Stale", extra: { current_revision: 4 } });
});

it("says when the server cannot be reached", async () => {
  answers(new TypeError("Failed to fetch"));
  await expect(call("GET", "/api/session/")).rejects.toMatchObject({ status: 0 });
});
