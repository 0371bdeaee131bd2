export interface FieldError {
  field: string;
  message: string;
  line?: number;
  column?: number;
}

interface ProblemBody {
  title?: string;
  detail?: string;
  errors?: FieldError[];
  [extra: string]: unknown;
}

/** An answer that is no success, or no answer at all (status 0), with what the server said about it. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** Everything else the server said: diagnostics, current_revision, decision and the like. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(status: number, body: ProblemBody) {
    const { title, detail, errors, ...extra } = body;
    const said = title ?? `The server answered ${status}`;
    super(detail ? `${said}: ${detail}` : said);
    this.name = "Problem";
    this.status = status;
    this.title = said;
    this.detail = detail ?? "";
    this.errors = errors ?? [];
    this.extra = extra;
  }

  /** What is wrong with one field, or null. */
  field(name: string): string | null {
    const found = this.errors.find((error) => error.field === name);
    if (!found) return null;
    return found.line === undefined
      ? found.message
      : `Line ${found.line}, column ${found.column ?? 1}: ${found.message}`;
  }

  /** The one sentence for a place that has no fields. */
  get sentence(): string {
    return this.detail || this.errors[0]?.message || this.title;
  }
}

/** Reads what a failed answer says; an answer that is no problem document is named by its status. */
export function problemFrom(status: number, text: string): Problem {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) {
      return new Problem(status, body as ProblemBody);
    }
  } catch {
    // Not JSON: a proxy's page, or nothing.
  }
  return new Problem(status, { title: titles[status] ?? `The server answered ${status}` });
}

const titles: Record<number, string> = {
  401: "You are signed out",
  403: "You have no right to do this",
  404: "This does not exist, or not in your workspace",
  413: "This is too large",
  502: "The server cannot be reached",
  503: "The server is not ready yet",
  504: "The server took too long to answer",
};

/** When nothing came back at all. */
export function unreachable(cause: unknown): Problem {
  return new Problem(0, {
    title: "The server cannot be reached",
    detail: "Check that Cuelight is running and that you are connected, then try again.",
    cause: String(cause),
  });
}

/** Any thrown thing as a Problem, so that a page has one kind of error to show. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Problem(0, { title: "This page met an error of its own", detail });
}
