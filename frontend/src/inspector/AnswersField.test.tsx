import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import type { CatalogItem } from "@/api/types.ts";
import { APPROVAL } from "@/inspector/fields/approval.ts";
import { InspectedState, written } from "@/inspector/testing.tsx";

const ANSWERS = [{ Value: "Approve" }, { Value: "Reject" }];

const ITEM: CatalogItem = {
  id: "approval",
  title: "Approval",
  description: "",
  icon: "user-check",
  resource: APPROVAL,
  type: "Task",
  template: {},
  arguments_schema: {
    type: "object",
    properties: {
      Choices: {
        type: "array",
        default: ANSWERS,
        items: { type: "object", properties: { Value: { type: "string" }, Label: { type: "string" } } },
      },
    },
  },
};

const approval = { Type: "Task", Resource: APPROVAL, Arguments: {}, End: true };
const answer = (value: string) => screen.getByRole("button", { name: new RegExp(`^${value}`) });

it("writes the answers that hold by default when one of them is opened to be changed", async () => {
  const user = userEvent.setup();
  render(<InspectedState state={approval} item={ITEM} />);
  await user.click(answer("Approve"));
  expect(written("Arguments", "Choices")).toEqual(ANSWERS);
});

it("writes nothing where the state may only be looked at", async () => {
  const user = userEvent.setup();
  const { unmount } = render(<InspectedState state={approval} item={ITEM} readOnly />);
  await user.click(answer("Approve"));
  expect(written("Arguments")).toEqual({});
  unmount();
  render(<InspectedState state={{ ...approval, Arguments: { Choices: ANSWERS } }} item={ITEM} readOnly />);
  await user.click(answer("Reject"));
  expect(within(screen.getByTestId("inspector")).getByLabelText(/^Value/)).toBeDisabled();
});
