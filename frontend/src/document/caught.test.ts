import { expect, it } from "vitest";

import { nextCaught } from "@/document/caught.ts";

const on = (...errors: string[]) => ({ ErrorEquals: errors, Next: "A" });

it("catches all errors first, then what nobody named yet, before the one for all", () => {
  expect(nextCaught([])).toEqual({ at: 0, error: "States.ALL" });
  expect(nextCaught([on("States.Timeout")])).toEqual({ at: 1, error: "States.ALL" });
  expect(nextCaught([on("States.ALL")])).toEqual({ at: 0, error: "States.TaskFailed" });
  expect(nextCaught([on("States.TaskFailed", "Own"), on("States.ALL")])).toEqual({
    at: 1,
    error: "States.Timeout",
  });
});

it("reads what is no list, and says something where everything is named", () => {
  expect(nextCaught(["?", { ErrorEquals: "States.ALL" }])).toEqual({ at: 2, error: "States.ALL" });
  const every = on("States.TaskFailed", "States.Timeout", "States.HeartbeatTimeout");
  expect(nextCaught([every, on("States.ALL")])).toEqual({ at: 1, error: "States.Permissions" });
});
