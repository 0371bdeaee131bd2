import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Entry } from "./entry.ts";
import { fold } from "./fold.ts";
import { emptyModel, type Model } from "./model.ts";
import { entriesOf, foldInChunks, randomFrom } from "./testing.ts";

const cases = resolve(process.env["CUELIGHT_CONFORMANCE"] ?? "../../shared/conformance", "cases");

interface Case {
  id: string;
  kind: string;
  definition: Parameters<typeof entriesOf>[0];
  expect: { status?: string; history?: Parameters<typeof entriesOf>[1]; history_order?: string };
}

/* Where branches ran side by side the recordings are sorted and have lost their pointers. */
function recordedHistories(): (readonly [string, Entry[], string])[] {
  if (!existsSync(cases)) return [];
  return (readdirSync(cases, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(cases, file), "utf8")) as Case)
    .filter((one) => one.kind === "execution" && one.expect.history && !one.expect.history_order)
    .map(
      (one) =>
        [one.id, entriesOf(one.definition, one.expect.history ?? []), one.expect.status ?? ""] as const,
    );
}

const recorded = recordedHistories();
const over = new Set(["succeeded", "caught", "failed", "timed-out", "aborted", "skipped"]);

describe("histories recorded from the service", () => {
  // The recordings lie beside the checkout where there are any.
  test.for(recorded)("%s leaves no state open", ([, entries, status]) => {
    const model = fold(emptyModel(), entries);
    expect(model.lastSeq).toBe(entries.length);
    if (status) expect(model.status).toBe(status);
    const open = model.visits.filter((visit) => visit.endedAt === null || !over.has(visit.status));
    expect(open.map((visit) => `${visit.name}: ${visit.status}`)).toEqual([]);
    if (model.status === "SUCCEEDED") expect(wrongAfterSuccess(model)).toEqual([]);
    if (model.status === "FAILED") expect(model.culprit).not.toBeNull();
  });

  test("give the same model in chunks of any size", () => {
    const random = randomFrom(914);
    for (const [, entries] of recorded) {
      const whole = fold(emptyModel(), entries);
      expect(foldInChunks(entries, random)).toEqual(whole);
    }
  });
});

/* In an execution that succeeded every state of the machine itself ended well, or its error was caught. */
function wrongAfterSuccess(model: Model): string[] {
  return model.visits
    .filter((visit) => visit.scope.length === 0 && !["succeeded", "caught", "skipped"].includes(visit.status))
    .map((visit) => `${visit.name}: ${visit.status}`);
}
