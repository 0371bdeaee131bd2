import { problemFrom, unreachable } from "./problem.ts";

type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

/** Calls the REST API as the signed-in person: JSON both ways, a Problem thrown for anything but success. */
export async function call<T>(
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  { query, body, signal }: Options = {},
): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  const response = await fetch(withQuery(path, query), {
    method,
    headers,
    credentials: "same-origin",
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable(error);
  });
  const text = await response.text();
  if (!response.ok) throw problemFrom(response.status, text);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** Adds what is given of a query; empty values stay out. */
export function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value != null && value !== "");
  if (given.length === 0) return path;
  const parameters = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return `${path}?${parameters}`;
}

/** The token of the CSRF cookie, which Django sets with a page or the session; empty before that. */
export function csrfToken(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? "";
}
