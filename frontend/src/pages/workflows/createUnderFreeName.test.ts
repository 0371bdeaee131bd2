import { expect, it, vi } from "vitest";

import { Problem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import type { NewWorkflow } from "@/api/workflows.ts";
import { createUnderFreeName } from "./createUnderFreeName.ts";

const MINE: NewWorkflow = { name: "sorter-mine", description: "Sorts letters" };
const taken = (status: number) =>
  new Problem(status, { errors: [{ field: "name", message: "It is taken." }] });

it("takes the first name that nobody has, and keeps all else", async () => {
  const create = vi
    .fn<(workflow: NewWorkflow) => Promise<Workflow>>()
    .mockRejectedValueOnce(taken(400))
    .mockRejectedValueOnce(new Problem(409, {}))
    .mockImplementation((workflow) => Promise.resolve({ ...workflow } as Workflow));
  expect(await createUnderFreeName(MINE, create)).toEqual({ ...MINE, name: "sorter-mine-3" });
});

it("gives up at once where it is not the name, and at last where it is", async () => {
  const refused = vi.fn(() =>
    Promise.reject(new Problem(400, { errors: [{ field: "type", message: "No." }] })),
  );
  await expect(createUnderFreeName(MINE, refused)).rejects.toThrow();
  expect(refused).toHaveBeenCalledOnce();
  const never = vi.fn(() => Promise.reject(taken(400)));
  await expect(createUnderFreeName(MINE, never)).rejects.toThrow();
  expect(never).toHaveBeenCalledTimes(20);
});
