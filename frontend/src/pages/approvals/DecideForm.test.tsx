import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { approval, open, Refusal, serve } from "@/api/testing.tsx";
import { DecideForm } from "./DecideForm.tsx";

const send = () => userEvent.click(screen.getByRole("button", { name: "Send my answer" }));

it("has nothing chosen beforehand and sends nothing without a choice", async () => {
  const asked = serve({});
  open(<DecideForm approval={approval()} />);
  for (const radio of screen.getAllByRole("radio")) expect(radio).not.toBeChecked();
  await send();
  expect(screen.getByText("Choose an answer first.")).toBeVisible();
  expect(asked).toEqual([]);
});

it("sends the choice with the comment and the fields", async () => {
  const asked = serve({ "POST /api/approvals/7/decide/": {} });
  open(<DecideForm approval={approval({ fields: [{ name: "count", type: "number", required: true }] })} />);
  await userEvent.click(screen.getByRole("radio", { name: /Title A/ }));
  await send();
  expect(screen.getByText("Fill in count.")).toBeVisible();
  await userEvent.type(screen.getByLabelText("count"), "3");
  await userEvent.type(screen.getByLabelText(/Comment/), "Reads well.");
  await send();
  expect(asked[0]?.body).toEqual({ choice: "a", comment: "Reads well.", fields: { count: 3 } });
});

it("says who was faster", async () => {
  const decision = {
    choice: "b",
    label: "Title B",
    by: "Jonas Berg",
    at: "2026-11-21T10:00:00Z",
    how: "link",
    comment: null,
  };
  serve({ "POST /api/approvals/7/decide/": new Refusal(409, { title: "Already decided", decision }) });
  open(<DecideForm approval={approval()} />);
  await userEvent.click(screen.getByRole("radio", { name: /Title A/ }));
  await send();
  expect(await screen.findByText("Already decided by Jonas Berg")).toBeVisible();
  expect(screen.getByText(/Title B, Sat 21 Nov 2026, 10:00 UTC/)).toBeVisible();
});

it("shows the question without a form to those who are not asked", () => {
  serve({});
  open(<DecideForm approval={approval({ can_decide: false })} />);
  expect(screen.queryByRole("radio")).toBeNull();
  expect(screen.getByText(/Others are asked/)).toBeVisible();
});
